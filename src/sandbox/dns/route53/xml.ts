/** Content of an element: a text, or elements in their order. */
export type Content = string | number | boolean | readonly Element[]
export type Element = readonly [name: string, content: Content]

const namespace = 'https://route53.amazonaws.com/doc/2013-04-01/'

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function written([name, content]: Element): string {
  const inner = Array.isArray(content)
    ? content.map(written).join('')
    : String(content).replace(/[&<>"]/g, (character) => named[character] ?? character)
  return `<${name}>${inner}</${name}>`
}

/** A document with Route 53's namespace on its root. */
export function xmlOf([name, content]: Element): string {
  const body = written([name, content]).replace(`<${name}>`, `<${name} xmlns="${namespace}">`)
  return `<?xml version="1.0"?>\n${body}`
}

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function text(xml: string): string {
  return xml.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    return decimal === undefined ? (characters[name] ?? whole) : String.fromCodePoint(Number(decimal))
  })
}

/** What stands in each element of this name, as XML. */
export function elements(xml: string, name: string): readonly string[] {
  const found = xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))
  return [...found].map(([, inner = '']) => inner)
}

/** The text of the first element of this name; undefined when there is none. */
export function textOf(xml: string, name: string): string | undefined {
  const [inner] = elements(xml, name)
  return inner === undefined ? undefined : text(inner)
}

/** The texts of all elements of this name. */
export function textsIn(xml: string, name: string): readonly string[] {
  return elements(xml, name).map(text)
}

import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMx, readTxt } from '../dns/values.ts'
import { isLive, setOf, zoneOf } from '../dns/zones.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { isScanned } from '../tenant/vendor.ts'
import { buildState } from './build.ts'
import { otherNames } from './other/names.ts'
import { vendorHost } from './other/zones.ts'
import { otherScenarios } from './other.ts'

const names = Object.keys(otherScenarios)
const { domain, vendorTxt, customerTxt, previousMx } = otherNames

describe.each(names)('the zones of %s', (name) => {
  const { dns } = buildState(name, ['eu'])

  it('hold values that are of their types, each once', () => {
    for (const { type, values } of dns.zones.flatMap(({ sets }) => sets)) {
      expect(new Set(values).size).toBe(values.length)
      const read = { MX: readMx, TXT: readTxt }[type]
      for (const value of values) expect(read?.(value) ?? value).not.toBeUndefined()
      if (read !== undefined) expect(values.map((value) => read(value))).not.toContain(undefined)
    }
  })

  it('hold the address of each of their mail servers, on loopback', () => {
    const sets = dns.zones.filter(isLive).flatMap((zone) => zone.sets.filter(({ type }) => type === 'MX'))
    const hosts = sets.flatMap(({ values }) => values.flatMap((value) => readMx(value)?.exchange ?? []))
    const ours = hosts.filter((host) => host !== '' && !host.endsWith('perception-point.io'))
    for (const host of ours) {
      const zone = zoneOf(dns.zones, host)
      expect(zone && setOf(zone, host, 'A')?.values).toEqual(['127.0.0.1'])
    }
  })
})

describe('a customer of mail servers', () => {
  let sandbox: Sandbox
  let resolver: Resolver

  beforeAll(async () => {
    sandbox = await startSandbox({ scenario: 'other-default', regions: ['eu'] })
    resolver = new Resolver({ tries: 1, timeout: 2000 })
    resolver.setServers([sandbox.endpoints.dns])
  })
  afterAll(() => sandbox.close())

  const mx = async () => (await resolver.resolveMx(domain)).map(({ exchange }) => exchange).sort()
  const ses = async () => (await resolver.resolveTxt(`_amazonses.${domain}`)).map((parts) => parts.join(''))

  it('goes to the vendor by MX, and has left its mark beside it', async () => {
    expect(await mx()).toEqual([vendorHost(domain)])
    expect(await ses()).toEqual([customerTxt, vendorTxt])
    expect((await resolver.resolveTxt(domain)).flat().join()).toContain('include:spf.perception-point.io')
    expect((await resolver.resolveTxt(`_dmarc.${domain}`)).flat().join()).toContain('perception-point.io')
    expect(await resolver.resolveTxt(`pp1._domainkey.${domain}`)).toHaveLength(1)
  })

  it('is taken off by what a person types', async () => {
    await sandbox.control.act('add-previous-mx')
    expect(await mx()).toEqual([vendorHost(domain), previousMx].sort())
    await sandbox.control.act('remove-vendor-mx')
    await sandbox.control.act('remove-vendor-txt')
    expect(await mx()).toEqual([previousMx])
    expect(await ses()).toEqual([customerTxt])
    const { dns } = await sandbox.control.show()
    const zone = dns.zones.find(({ name }) => name === domain)
    expect(zone?.sets.find(({ type }) => type === 'MX')).toMatchObject({
      ttl: 3600,
      values: [`10 ${previousMx}`],
    })
    await sandbox.control.act('set-records', { name: domain, type: 'MX', values: [] })
    await expect(resolver.resolveMx(domain)).rejects.toMatchObject({ code: 'ENODATA' })
  })

  it('is scanned as long as its MX leads to the vendor', async () => {
    const state = buildState('other-default', ['eu'])
    expect(isScanned(state, Date.now())).toBe(true)
    expect(isScanned(buildState('other-back', ['eu']), Date.now())).toBe(false)
  })

  it('has mail servers that answer, or not', async () => {
    const [host, port] = sandbox.endpoints.smtp.split(':')
    const greet = async () => {
      const socket = connect({ host: host ?? '', port: Number(port) })
      const heard: string[] = []
      socket.on('data', (data) => heard.push(data.toString()))
      await once(socket, 'connect')
      socket.write('EHLO [127.0.0.1]\r\nNOOP\r\nQUIT\r\n')
      await once(socket, 'close')
      return heard.join('')
    }
    expect(await greet()).toMatch(/^220 .*\r\n250-.*250-STARTTLS\r\n.*502 .*221 /s)
    await sandbox.control.act('set-smtp', { state: 'no-starttls' })
    expect(await greet()).toMatch(/^220 (?!.*STARTTLS).*221 /s)
  })
})

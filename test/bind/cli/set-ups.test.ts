import { expect, test } from 'vitest'
import { dig } from '../../support/bind/dig.ts'
import { outcomes } from '../../support/world.ts'
import { customer, customerZone } from './customer.ts'
import { openBindWorld } from './world.ts'

const { domain, previousMx, vendorMx, vendorTxt } = customer
const words = ['run', '--platform', 'other', '--region', 'eu', '--dns', 'rfc2136', '--yes'] as const

function allVerified(run: Parameters<typeof outcomes>[0]) {
  return [run.exitCode, [...new Set(Object.values(outcomes(run)))]]
}

test.concurrent('a hidden primary: written there, and proven at the name servers that the world asks', async () => {
  await using world = await openBindWorld({ hidden: true })
  const before = await world.zone()
  const run = await world.leave('--yes')
  expect(allVerified(run)).toEqual([3, ['verified']])
  for (const server of world.bind.nameServers)
    expect((await server.read(domain, 'MX')).values).toEqual([previousMx])
  const restored = await world.offboard('restore', run.summary.runId ?? '', '--yes')
  expect([restored.exitCode, await world.zone()]).toEqual([0, before])
})

test.concurrent('a copy behind the name servers in use is refused, and not written', async () => {
  await using world = await openBindWorld({ hidden: true })
  await using stale = await openBindWorld()
  await world.bind.write(domain, { name: `new.${domain}`, type: 'A', ttl: 60, values: ['192.0.2.9'] })
  await world.bind.transfer(domain)
  world.env.OFFBOARD_RFC2136_SERVER = stale.bind.primary.server
  world.env.OFFBOARD_RFC2136_KEY_FILE = stale.bind.keys.permitted
  const run = await world.leave('--yes')
  expect([run.exitCode, run.summary.outcome]).toEqual([4, 'refused'])
  expect(run.summary.error?.message).toMatch(/serial 1 is behind/)
  expect([world.updates.length, stale.updates.length]).toEqual([0, 0])
})

test.concurrent('a zone signed by DNSSEC: its signatures confuse nobody, and are made anew', async () => {
  await using world = await openBindWorld({
    zones: ({ address }) => [customerZone({ address, signed: true })],
  })
  const { port: own } = { port: world.bind.primary.ownPort }
  const run = await world.leave('--yes')
  expect(allVerified(run)).toEqual([3, ['verified']])
  expect(await world.values(domain, 'MX')).toEqual([previousMx])
  expect((await dig(own, domain, 'RRSIG')).values.some((value) => value.startsWith('MX '))).toBe(true)
  const restored = await world.offboard('restore', run.summary.runId ?? '', '--yes')
  expect([restored.exitCode, await world.values(domain, 'MX')]).toEqual([0, [vendorMx]])
})

test.concurrent('an internationalised domain, as it is typed', async () => {
  const ascii = 'xn--bcher-kva.example'
  await using world = await openBindWorld({
    zones: ({ address }) => [
      customerZone({ address, name: ascii, mx: ['10 xn--bcher-kva-example.mx.perception-point.io'] }),
    ],
  })
  const named = ['--domain', 'Bücher.example', '--previous-mx', '10 mail.bücher.example']
  const run = await world.offboard(...words, ...named, '--vendor-txt', vendorTxt)
  expect([run.summary.tenant, ...allVerified(run)]).toEqual([ascii, 3, ['verified']])
  expect(await world.values(ascii, 'MX')).toEqual([`10 mail.${ascii}`])
})

test.concurrent('a domain that is not a zone of its own, with --zone and without, and with another zone', async () => {
  const inner = `mail-only.${domain}`
  await using world = await openBindWorld({
    zones: ({ address }) => [
      customerZone({
        address,
        sets: [
          { name: inner, type: 'MX', ttl: 60, values: ['10 inner.mx.perception-point.io', '5 keep.example'] },
        ],
      }),
    ],
  })
  const named = [...words, '--domain', inner, '--previous-mx', previousMx]
  const wrong = await world.offboard(...named, '--zone', inner)
  expect([wrong.exitCode, wrong.summary.outcome]).toEqual([4, 'refused'])
  expect(wrong.summary.error?.message).toContain(`it is ${domain}`)
  const run = await world.offboard(...named, '--zone', domain)
  expect(allVerified(run)).toEqual([3, ['verified']])
  expect(await world.values(inner, 'MX')).toEqual(['10 mail.contoso.example', '5 keep.example'])
  expect(await world.values(domain, 'MX')).toEqual([vendorMx])
  const restored = await world.offboard('restore', run.summary.runId ?? '', '--yes')
  expect([restored.exitCode, await world.values(inner, 'MX')]).toEqual([
    0,
    ['10 inner.mx.perception-point.io', '5 keep.example'],
  ])
})

test.concurrent('where the customer’s own MX is there beside the vendor’s, one update takes the vendor’s out', async () => {
  await using world = await openBindWorld({
    zones: ({ address }) => [customerZone({ address, mx: [vendorMx, previousMx], txt: [] })],
  })
  const run = await world.leave('--yes')
  expect(allVerified(run)).toEqual([3, ['verified']])
  expect([await world.values(domain, 'MX'), world.updates.length]).toEqual([[previousMx], 1])
})

test.concurrent('the last value of the TXT record takes the record with it', async () => {
  await using world = await openBindWorld({
    zones: ({ address }) => [customerZone({ address, txt: [`"${vendorTxt}"`] })],
  })
  const before = await world.zone()
  const run = await world.leave('--yes')
  expect(allVerified(run)).toEqual([3, ['verified']])
  expect(await world.values(`_amazonses.${domain}`, 'TXT')).toEqual([])
  const restored = await world.offboard('restore', run.summary.runId ?? '', '--yes')
  expect([restored.exitCode, await world.zone()]).toEqual([0, before])
})

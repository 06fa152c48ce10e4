import { Resolver } from 'node:dns/promises'
import { connect } from 'node:net'
import { decode, encode, streamEncode } from 'dns-packet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../start.ts'

let sandbox: Sandbox
let resolver: Resolver

beforeAll(async () => {
  sandbox = await startSandbox()
  resolver = new Resolver({ tries: 1, timeout: 2000 })
  resolver.setServers([sandbox.endpoints.dns])
})

afterAll(() => sandbox.close())

describe('DNS of the tenant', () => {
  it('answers MX, TXT and A', async () => {
    expect(await resolver.resolveMx('contoso.com')).toMatchObject([
      { priority: 0, exchange: 'contoso-com.mail.protection.outlook.com' },
    ])
    expect(await resolver.resolveTxt('CONTOSO.com')).toEqual([
      ['v=spf1 include:spf.protection.outlook.com -all'],
    ])
    expect(await resolver.resolve4('contoso-com.mail.protection.outlook.com')).toHaveLength(1)
  })

  it('tells a name without such records from one that is not there', async () => {
    await expect(resolver.resolve4('contoso.com')).rejects.toMatchObject({ code: 'ENODATA' })
    await expect(resolver.resolveMx('adatum.example')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  })

  it('fails where it is told to, below the name too', async () => {
    await sandbox.control.act('break-dns', { domain: 'fabrikam.com' })
    await expect(resolver.resolveMx('fabrikam.com')).rejects.toMatchObject({ code: 'ESERVFAIL' })
    await expect(resolver.resolveMx('mail.fabrikam.com')).rejects.toMatchObject({ code: 'ESERVFAIL' })
    await sandbox.control.act('mend-dns')
    expect(await resolver.resolveMx('fabrikam.com')).toHaveLength(1)
  })

  it('follows a change', async () => {
    await sandbox.control.act('move-mx', { host: 'contoso-com.mx.perception-point.io' })
    expect(await resolver.resolveMx('contoso.com')).toMatchObject([
      { exchange: 'contoso-com.mx.perception-point.io' },
    ])
    await sandbox.control.reset()
  })

  it('answers over TCP too, in pieces', async () => {
    const [host = '', port = ''] = sandbox.endpoints.dns.split(':')
    const query = streamEncode({ type: 'query', id: 7, questions: [{ type: 'MX', name: 'contoso.com' }] })
    const answer = await new Promise<Buffer>((resolve, reject) => {
      const socket = connect(Number(port), host, () => {
        socket.write(query.subarray(0, 5))
        setImmediate(() => socket.write(query.subarray(5)))
      })
      socket.once('error', reject)
      socket.once('data', (data) => {
        socket.destroy()
        resolve(Buffer.from(data))
      })
    })
    expect(decode(answer.subarray(2))).toMatchObject({ id: 7, rcode: 'NOERROR', answers: [{ type: 'MX' }] })
  })

  it('survives what is no question', async () => {
    const { createSocket } = await import('node:dgram')
    const socket = createSocket('udp4')
    const [host = '', port = ''] = sandbox.endpoints.dns.split(':')
    for (const packet of [Buffer.from('x'), Buffer.alloc(12), encode({ type: 'response', id: 1 })])
      await new Promise((done) => socket.send(packet, Number(port), host, done))
    socket.close()
    expect(await resolver.resolveMx('contoso.com')).toHaveLength(1)
  })
})

import type { AuthMethod } from './method.ts'
import { readClientCertificate } from './pem.ts'
import { readNamedFile } from './read-file.ts'
import { required } from './required.ts'

export const certificate: AuthMethod = {
  id: 'certificate',
  title: 'an application with a certificate (PEM)',
  unattended: true,
  variables: [['AZURE_CLIENT_ID', 'AZURE_CLIENT_CERTIFICATE_PATH']],
  unavailable: 'Set AZURE_CLIENT_ID and AZURE_CLIENT_CERTIFICATE_PATH.',
  async credential({ environment, tenant, login, now }) {
    const clientId = required(environment, 'AZURE_CLIENT_ID', 'certificate')
    const path = required(environment, 'AZURE_CLIENT_CERTIFICATE_PATH', 'certificate')
    const password = environment.AZURE_CLIENT_CERTIFICATE_PASSWORD?.reveal()
    const content = await readNamedFile(path, 'AZURE_CLIENT_CERTIFICATE_PATH')
    const { pem } = readClientCertificate(content, { path, password, now: now() })
    const { ClientCertificateCredential } = await import('@azure/identity')
    return new ClientCertificateCredential(tenant, clientId, { certificate: pem }, login.options)
  },
}

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { UsageError } from '../model/errors.ts'

/** A certificate and its key, as text that the login library takes: the key not encrypted. */
export interface ClientCertificate {
  readonly pem: string
}

const variable = 'AZURE_CLIENT_CERTIFICATE_PATH'

/**
 * Checks a PEM file with a certificate and its RSA key before anything is sent. A UsageError says what is wrong:
 * a PFX, a part that is missing, a password that does not fit, a key of another certificate, an expired one.
 */
export function readClientCertificate(
  content: Buffer,
  {
    path,
    password,
    now,
  }: { readonly path: string; readonly password: string | undefined; readonly now: Date },
): ClientCertificate {
  const fault = (said: string, hint: string) =>
    new UsageError({ tried: `read ${path}, which ${variable} names`, said, hint })
  const text = content.toString('utf8')
  if (!text.includes('-----BEGIN ')) {
    throw content[0] === 0x30
      ? fault(
          'it is a PFX or DER file, not PEM',
          `Convert it: openssl pkcs12 -in ${path} -out certificate.pem -noenc`,
        )
      : fault('it is not a PEM file', 'Give a PEM file with the certificate and its private key.')
  }
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []
  const [first] = certificates
  if (first === undefined) throw fault('it holds no certificate', 'Add the certificate to the file.')
  if (!text.includes('PRIVATE KEY-----'))
    throw fault('it holds no private key', 'Add the private key to the file.')

  const key = attempt(() =>
    createPrivateKey({ key: text, ...(password !== undefined && { passphrase: password }) }),
  )
  if (key === undefined) throw fault('its private key cannot be read', passwordHint(password))
  const certificate = attempt(() => new X509Certificate(first))
  if (certificate === undefined) throw fault('its certificate cannot be read', 'Export it anew.')

  const said = unfit(certificate, key, now)
  if (said !== undefined) throw fault(said, 'Export the certificate of the application anew, with its key.')
  return { pem: [...certificates, key.export({ format: 'pem', type: 'pkcs8' })].join('\n') }
}

function unfit(certificate: X509Certificate, key: KeyObject, now: Date): string | undefined {
  if (key.asymmetricKeyType !== 'rsa') return 'its private key is not an RSA key, as Entra wants'
  if (!certificate.checkPrivateKey(key)) return 'its first certificate does not belong to its private key'
  const expires = new Date(certificate.validTo)
  return expires < now ? `its certificate expired on ${expires.toISOString().slice(0, 10)}` : undefined
}

function passwordHint(password: string | undefined): string {
  return password === undefined
    ? 'If it has a password, set AZURE_CLIENT_CERTIFICATE_PASSWORD.'
    : 'Check AZURE_CLIENT_CERTIFICATE_PASSWORD.'
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

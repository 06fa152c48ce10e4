import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { TemporaryFolder } from '../config/temporary-folder.ts'

/** On the machine, not of this package. */
const program = 'openssl'

export interface CertificateFiles {
  readonly certificate: string
  /** PEM, not encrypted. */
  readonly key: string
}

/** Makes a self-signed certificate for a test, good for two days, with the openssl program. */
export function makeCertificate(
  folder: TemporaryFolder,
  key: 'rsa:2048' | 'ec' = 'rsa:2048',
): CertificateFiles {
  const form = key === 'ec' ? ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] : ['-newkey', key]
  const subject = ['-subj', '/CN=offboard', '-days', '2']
  openssl(folder, ['req', '-x509', ...form, '-noenc', ...subject, '-keyout', 'k.pem', '-out', 'c.pem'])
  return { certificate: content(folder, 'c.pem'), key: content(folder, 'k.pem') }
}

/** The key, encrypted with a password. */
export function encryptKey(folder: TemporaryFolder, key: string, password: string): string {
  folder.write('plain.pem', key)
  openssl(folder, [
    'pkcs8',
    '-topk8',
    '-in',
    'plain.pem',
    '-passout',
    `pass:${password}`,
    '-out',
    'encrypted.pem',
  ])
  return content(folder, 'encrypted.pem')
}

/** A PFX of both, without a password. Its path. */
export function makePfx(folder: TemporaryFolder, { certificate, key }: CertificateFiles): string {
  folder.write('both.pem', certificate + key)
  openssl(folder, ['pkcs12', '-export', '-in', 'both.pem', '-passout', 'pass:', '-out', 'both.pfx'])
  return `${folder.path}/both.pfx`
}

export function openssl(folder: TemporaryFolder, options: readonly string[]): void {
  execFileSync(program, options, { cwd: folder.path, stdio: 'pipe' })
}

function content(folder: TemporaryFolder, name: string): string {
  return readFileSync(`${folder.path}/${name}`, 'utf8')
}

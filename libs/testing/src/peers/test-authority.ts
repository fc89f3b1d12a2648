import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

export interface CertificateFiles {
  readonly key: string;
  readonly certificate: string;
}

/** A certificate authority of its own, made at run time with the `openssl` program; keys live in a temporary folder. */
export class TestAuthority {
  private constructor(
    private readonly folder: string,
    /** Path of its certificate. */
    readonly certificate: string,
  ) {}

  static async create(): Promise<TestAuthority> {
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-authority-'));
    const certificate = join(folder, 'authority.pem');
    const names = ['-subj', '/CN=Invented Authority', '-days', '60'];
    await run('openssl', [
      'req',
      '-x509',
      ...NEW_KEY,
      '-keyout',
      join(folder, 'authority.key'),
      '-out',
      certificate,
      ...names,
    ]);
    return new TestAuthority(folder, certificate);
  }

  /** A certificate for the loopback address; with negative days it has expired. */
  async issue(name: string, days = 60): Promise<CertificateFiles> {
    const path = (suffix: string) => join(this.folder, `${name}.${suffix}`);
    await run('openssl', ['req', ...NEW_KEY, '-keyout', path('key'), '-out', path('csr'), '-subj', `/CN=${name}`]);
    await writeFile(path('ext'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
    const authority = ['-CA', this.certificate, '-CAkey', join(this.folder, 'authority.key'), '-CAcreateserial'];
    const request = ['-req', '-in', path('csr'), '-days', String(days), '-extfile', path('ext')];
    await run('openssl', ['x509', ...request, ...authority, '-out', path('pem')]);
    return { key: path('key'), certificate: path('pem') };
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

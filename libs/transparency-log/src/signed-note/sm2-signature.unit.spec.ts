import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noteSigner, noteVerifier, verifierKey } from './note-keys.js';

const TEXT = '审计日志\n';

describe('a signature with SM2', () => {
  let folder: string;
  const file = (name: string) => join(folder, name);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'yinglian-sm2-'));
    writeFileSync(file('text'), TEXT);
    writeFileSync(file('private.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }));
    writeFileSync(file('public.pem'), publicKey.export({ format: 'pem', type: 'spki' }));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** OpenSSL's own program, told who signs. */
  const openssl = (action: string, key: string, ...rest: string[]) =>
    execFileSync('openssl', [
      ...['pkeyutl', action, '-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'],
      ...['-inkey', file(key), '-in', file('text'), ...rest],
    ]);

  it('is one that OpenSSL verifies', () => {
    writeFileSync(file('signature'), noteSigner('log', privateKey).sign(TEXT));
    expect(openssl('-verify', 'public.pem', '-pubin', '-sigfile', file('signature')).toString()).toContain('Success');
    writeFileSync(file('signature'), noteSigner('log', privateKey).sign(`${TEXT} `));
    expect(() => openssl('-verify', 'public.pem', '-pubin', '-sigfile', file('signature'))).toThrow();
  });

  it('of OpenSSL is verified', () => {
    const signature = openssl('-sign', 'private.pem');
    const verifies = (text: string, key: KeyObject) => noteVerifier(verifierKey('log', key)).verify(text, signature);
    expect(verifies(TEXT, privateKey)).toBe(true);
    expect(verifies(`${TEXT} `, privateKey)).toBe(false);
    expect(verifies(TEXT, generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey)).toBe(false);
  });
});

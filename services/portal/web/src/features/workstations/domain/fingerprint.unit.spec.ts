import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  fingerprintOfFile,
  isFingerprint,
  printedFingerprint,
  readFingerprint,
  shortFingerprint,
} from './fingerprint.js';

const DIGITS = `4f0c${'ab'.repeat(29)}9a`;

const SELF_SIGNED = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null'.split(' ');

describe('the fingerprint of a certificate', () => {
  it('is read as programs print it', () => {
    const printed = printedFingerprint(DIGITS);
    const texts = [DIGITS, printed, `sha256 Fingerprint=${printed}`, `SHA256 Fingerprint=${printed}\n`, ` ${DIGITS} `];
    expect(texts.map(readFingerprint)).toEqual(texts.map(() => DIGITS));
    expect([readFingerprint(' 4F:0C '), isFingerprint(readFingerprint('4F:0C'))]).toEqual(['4F:0C', false]);
  });

  it('is shown by its ends', () => {
    expect(shortFingerprint(DIGITS)).toBe('4F:0C:AB:AB…AB:AB:9A');
  });

  it('is computed from PEM, text around it or none, and from DER', async () => {
    const pem = execFileSync('openssl', [...SELF_SIGNED, '-subj', '/CN=Invented Workstation'], { stdio: 'pipe' });
    const { raw, fingerprint256 } = new X509Certificate(pem);
    const files = [pem, Buffer.from(`subject=CN\n${pem}`), raw, Buffer.from('no certificate'), Buffer.alloc(0)];
    const known = readFingerprint(fingerprint256);
    expect(await Promise.all(files.map((file) => fingerprintOfFile(Uint8Array.from(file))))).toEqual([
      known,
      known,
      known,
      undefined,
      undefined,
    ]);
  });
});

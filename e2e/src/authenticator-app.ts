import { createHmac } from 'node:crypto';

const STEP_MS = 30_000;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The app on somebody's phone: computes codes as RFC 6238 says, by nothing that the province uses. */
export class AuthenticatorApp {
  /** A step back at first, then one later each time, so that no code is given twice. */
  private ahead = -1;

  /** @param secret in base32 (RFC 4648), with spaces or without */
  constructor(private readonly secret: string) {}

  code(): string {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + this.ahead));
    this.ahead = Math.min(this.ahead + 1, 1);
    const digest = createHmac('sha1', bytesOf(this.secret)).update(counter).digest();
    const at = (digest.at(-1) ?? 0) & 0xf;
    return String((digest.readUInt32BE(at) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
  }
}

function bytesOf(base32: string): Buffer {
  const bits = [...base32.replaceAll(' ', '')]
    .map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

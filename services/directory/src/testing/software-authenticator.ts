import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_KEY = 0x40;

/** What an authenticator, or who stands between, may say that is not so. */
interface Said {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly counter?: number;
  readonly isVerified?: boolean;
  readonly id?: string;
}

interface Options {
  readonly challenge: string;
}

/** A security key and the browser around it (WebAuthn Level 3 section 6): one ES256 key, attestation `none`, a counter. */
export class SoftwareAuthenticator {
  readonly id = randomBytes(32).toString('base64url');
  counter = 0;
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  /** @param origin of the page */
  constructor(private readonly origin: string) {}

  /** The answer to `navigator.credentials.create()`, in JSON. */
  make(options: Options, said: Said = {}): string {
    const key = this.keys.publicKey.export({ format: 'jwk' });
    const [x, y] = [key.x, key.y].map((part = '') => Buffer.from(part, 'base64url'));
    if (x === undefined || y === undefined) throw new Error('A key on a curve has two coordinates');
    // COSE_Key (RFC 9053 section 7.1.1): {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR.
    const cose = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), x, Buffer.from('225820', 'hex'), y]);
    const id = Buffer.from(this.id, 'base64url');
    const attested = Buffer.concat([Buffer.alloc(16), uint16(id.length), id, cose]);
    const data = Buffer.concat([this.dataOf(said, HAS_KEY), attested]);
    // {"fmt": "none", "attStmt": {}, "authData": …} in CBOR.
    const attestation = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
      uint16(data.length),
      data,
    ]);
    return this.answer({
      clientDataJSON: this.clientData('webauthn.create', options, said),
      attestationObject: attestation.toString('base64url'),
      transports: ['usb'],
    });
  }

  /** The answer to `navigator.credentials.get()`, in JSON. */
  sign(options: Options, said: Said = {}): string {
    this.counter += 1;
    const clientDataJSON = this.clientData('webauthn.get', options, said);
    const data = this.dataOf(said, 0);
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const signature = sign('sha256', Buffer.concat([data, hash]), this.keys.privateKey);
    const signed = {
      clientDataJSON,
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
    };
    return this.answer(signed, said.id);
  }

  private answer(response: object, id = this.id): string {
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response });
  }

  private clientData(type: string, options: Options, { origin = this.origin, challenge = options.challenge }: Said) {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url');
  }

  /** Authenticator data (section 6.1): the hash of the domain, flags and the counter. */
  private dataOf(
    { rpId = new URL(this.origin).hostname, counter = this.counter, isVerified = true }: Said,
    more: number,
  ) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const flags = USER_PRESENT | more | (isVerified ? USER_VERIFIED : 0);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count]);
  }
}

const uint16 = (value: number) => Buffer.from([value >> 8, value & 0xff]);

/** What a sign-in page asks the browser for; undefined if it asks for no passkey. */
export function optionsOn(page: string): (Options & Record<string, unknown>) | undefined {
  const text = /data-options="([^"]*)"/.exec(page)?.[1];
  return text === undefined ? undefined : JSON.parse(text.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
}

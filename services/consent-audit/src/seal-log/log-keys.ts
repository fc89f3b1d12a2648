import { readFileSync, statSync } from 'node:fs';
import {
  keysOfFile,
  type NoteSigner,
  type NoteVerifier,
  noteSigner,
  noteVerifier,
  verifierKey,
} from '@yinglian/transparency-log';

/** A private key that signs checkpoints of the audit log. */
export interface LogKey {
  /** The public half, as verifiers write it down (C2SP signed-note). */
  readonly text: string;
  readonly signer: NoteSigner;
  readonly verifier: NoteVerifier;
  /** A key takes the place of those of its kind that stand before it in the file. */
  readonly kind: 'Ed25519' | 'SM2';
}

export const LOG_KEYS = Symbol('the file of the keys that sign the audit log');

/**
 * A file of keys. It lies outside of the database, so that who can write there cannot sign. It is read again when it changes: that is how keys
 * are rotated.
 */
export class LogKeyFile {
  private readAt = 0;
  private read: readonly LogKey[] = [];

  /**
   * @param origin the name of the log, and of its keys
   * @param areFormerLost whether the keys sign although nobody vouches for them
   * @throws when the file has none
   */
  constructor(
    readonly origin: string,
    private readonly path: string,
    readonly areFormerLost: boolean,
  ) {
    this.keys();
  }

  /** @throws when the file cannot be read */
  keys(): readonly LogKey[] {
    const { mtimeMs } = statSync(this.path);
    if (mtimeMs !== this.readAt) {
      this.read = keysOfFile(readFileSync(this.path, 'utf8')).map((key) => {
        const text = verifierKey(this.origin, key);
        const kind = key.asymmetricKeyType === 'ed25519' ? 'Ed25519' : 'SM2';
        return { text, signer: noteSigner(this.origin, key), verifier: noteVerifier(text), kind };
      });
      this.readAt = mtimeMs;
    }
    return this.read;
  }
}

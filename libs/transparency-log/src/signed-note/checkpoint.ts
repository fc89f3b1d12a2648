import { HASH_BYTES } from '../merkle-tree/hashes.js';
import { type NoteSigner, type NoteVerifier, openNote, signNote } from './signed-note.js';

/** What a log was at a moment (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** The name of the log. */
  readonly origin: string;
  /** How many records it had. */
  readonly size: number;
  readonly root: Buffer;
  /** When it was signed, in a line of its own behind the root; null in checkpoints of others. */
  readonly sealedAt: Date | null;
}

export function signCheckpoint({ origin, size, root, sealedAt }: Checkpoint, signers: readonly NoteSigner[]): string {
  const time = sealedAt === null ? '' : `sealed ${sealedAt.toISOString()}\n`;
  return signNote(`${origin}\n${size}\n${root.toString('base64')}\n${time}`, signers);
}

/** Reads a checkpoint of a log that a trusted key signed. @throws NoteRefused, or an error when it is of another log or none */
export function openCheckpoint(note: string, origin: string, trusted: readonly NoteVerifier[]): Checkpoint {
  const { text } = openNote(note, trusted);
  const [, named, size, base64] = /^(.+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n/.exec(text) ?? [];
  if (named !== origin || base64 === undefined) throw new Error(`This is no checkpoint of ${origin}`);
  const root = Buffer.from(base64, 'base64');
  if (root.length !== HASH_BYTES) throw new Error('The root of the checkpoint is no hash');
  const time = /^sealed (\S+)$/m.exec(text)?.[1];
  return { origin, size: Number(size), root, sealedAt: time === undefined ? null : new Date(time) };
}

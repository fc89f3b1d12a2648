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
  /** There where the log's keys become others: both sign it. */
  readonly turn?: KeyTurn;
}

/** Keys, as verifiers write them down: those that sign nothing behind a checkpoint, and those that do so from it on. */
export interface KeyTurn {
  readonly retires: readonly string[];
  readonly adopts: readonly string[];
}

export function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): string {
  const { origin, size, root, sealedAt, turn = { retires: [], adopts: [] } } = checkpoint;
  const lines = [
    origin,
    String(size),
    root.toString('base64'),
    ...(sealedAt === null ? [] : [`sealed ${sealedAt.toISOString()}`]),
    ...turn.retires.map((key) => `retires ${key}`),
    ...turn.adopts.map((key) => `adopts ${key}`),
  ];
  return signNote(`${lines.join('\n')}\n`, signers);
}

/** Reads a checkpoint of a log that a trusted key signed. @throws NoteRefused, or an error when it is of another log or none */
export const openCheckpoint = (note: string, origin: string, trusted: readonly NoteVerifier[]): Checkpoint =>
  readCheckpoint(openNote(note, trusted).text, origin);

/** @param text of a note. @throws when it is of another log, or no checkpoint */
export function readCheckpoint(text: string, origin: string): Checkpoint {
  const [, named, size, base64] = /^(.+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n/.exec(text) ?? [];
  if (named !== origin || base64 === undefined) throw new Error(`This is no checkpoint of ${origin}`);
  const root = Buffer.from(base64, 'base64');
  if (root.length !== HASH_BYTES) throw new Error('The root of the checkpoint is no hash');
  const time = /^sealed (\S+)$/m.exec(text)?.[1];
  const turn = { retires: keysBehind('retires', text), adopts: keysBehind('adopts', text) };
  return {
    origin,
    size: Number(size),
    root,
    sealedAt: time === undefined ? null : new Date(time),
    ...(turn.adopts.length === 0 ? {} : { turn }),
  };
}

const keysBehind = (word: keyof KeyTurn, text: string): string[] =>
  [...text.matchAll(new RegExp(`^${word} (\\S+)$`, 'gm'))].map(([, key = '']) => key);

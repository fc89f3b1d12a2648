import { readFileSync } from 'node:fs';
import { keysOfFile, type NoteSigner, noteSigner, verifierKey } from '@yinglian/transparency-log';

/** Who signs checkpoints of the audit log, and how others know them. */
export interface LogKeys {
  /** The name of the log, and of its keys. */
  readonly origin: string;
  readonly signers: readonly NoteSigner[];
  /** As verifiers write them down (C2SP signed-note). */
  readonly verifierKeys: readonly string[];
}

export const LOG_KEYS = Symbol('the keys that sign the audit log');

/** Reads the keys of a file. They lie outside the database, so that who can write there cannot sign. @throws when there are none */
export function readLogKeys(origin: string, file: string): LogKeys {
  const keys = keysOfFile(readFileSync(file, 'utf8'));
  return {
    origin,
    signers: keys.map((key) => noteSigner(origin, key)),
    verifierKeys: keys.map((key) => verifierKey(origin, key)),
  };
}

import type { KeyObject } from 'node:crypto';
import { keysOfFile, newKeyFile, noteVerifier, openNote, verifierKey } from '@yinglian/transparency-log';
import { Obstacle } from '../obstacle.js';

/** The file with new keys behind those that sign today: the service signs with both once. */
export function withNewKeys(file: string): string {
  const keys = keysOfFile(file);
  if (latestOf(keys).length < keys.length)
    throw new Obstacle('The file has new keys already: remove those of before first (--forget), once they are used.');
  return `${file.trimEnd()}\n${newKeyFile()}`;
}

/** The file without the keys that others took the place of. @param checkpoint a signed one: the new keys are used, or none is removed */
export function withoutFormerKeys(file: string, checkpoint: string): string {
  const latest = latestOf(keysOfFile(file));
  const [origin = ''] = checkpoint.split('\n');
  const verifiers = latest.map((key) => noteVerifier(verifierKey(origin, key)));
  if (signatures(checkpoint, verifiers) < latest.length)
    throw new Obstacle('The new keys have not signed this checkpoint: those of before are still needed.');
  return latest.map((key) => key.export({ format: 'pem', type: 'pkcs8' })).join('');
}

function signatures(checkpoint: string, verifiers: ReturnType<typeof noteVerifier>[]): number {
  try {
    return openNote(checkpoint, verifiers).signedBy.length;
  } catch {
    return 0;
  }
}

/** The last one of each kind. */
const latestOf = (keys: readonly KeyObject[]): KeyObject[] =>
  keys.filter((key, n) => !keys.slice(n + 1).some((later) => isEd25519(later) === isEd25519(key)));

const isEd25519 = ({ asymmetricKeyType }: KeyObject) => asymmetricKeyType === 'ed25519';

import { KeyRing, type KeyTurn, openCheckpoint } from '@yinglian/transparency-log';
import type { LogKey } from './log-keys.js';

/** Who signs the next checkpoint. */
export interface Signing {
  readonly signers: readonly LogKey[];
  /** Where they become others: those of before sign it too. */
  readonly turn?: KeyTurn;
}

/** What was signed before: the newest checkpoint, and those at which the keys became others. */
export interface SignedBefore {
  readonly note: string;
  readonly turns: readonly string[];
}

/**
 * Of each kind the last key of the file signs. Where one before it signed the newest checkpoint, both sign the next one, which says so.
 * @throws when a key would sign that was retired: the file is one of before
 */
export function chooseSigners(origin: string, file: readonly LogKey[], before: SignedBefore | undefined): Signing {
  const latest = file.filter(({ kind }, n) => !file.slice(n + 1).some((later) => later.kind === kind));
  if (before === undefined) return { signers: latest };
  const ring = KeyRing.of(origin, textsOf(latest)).following(before.turns);
  const retired = ring.retired();
  const again = latest.find(({ text }) => retired.includes(text));
  if (again !== undefined) throw new Error(`The key file has no newer key than ${again.text}, which was retired`);
  const signed = file.filter((key) => !retired.includes(key.text) && hasSigned(key, origin, before.note));
  const retires = signed.filter((key) => !latest.includes(key));
  if (retires.length === 0) return { signers: latest };
  const adopts = latest.filter((key) => !signed.includes(key));
  return { signers: [...signed, ...adopts], turn: { retires: textsOf(retires), adopts: textsOf(adopts) } };
}

/** The keys that sign until the turn is made: others are not told before. */
export function keysInUse(origin: string, file: readonly LogKey[], before: SignedBefore | undefined): string[] {
  const { signers, turn } = chooseSigners(origin, file, before);
  return textsOf(signers).filter((text) => turn?.adopts.includes(text) !== true);
}

function hasSigned({ verifier }: LogKey, origin: string, note: string): boolean {
  try {
    return openCheckpoint(note, origin, [verifier]) !== undefined;
  } catch {
    return false;
  }
}

const textsOf = (keys: readonly LogKey[]): string[] => keys.map(({ text }) => text);

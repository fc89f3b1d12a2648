import { KeyRing, type KeyTurn } from '@yinglian/transparency-log';
import type { LogKey, LogKeyFile } from './log-keys.js';

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
 * @throws when the last one was retired, the file being one of before; or when none signed the newest checkpoint: nobody would vouch for them
 */
export function chooseSigners(keyFile: LogKeyFile, before: SignedBefore | undefined): Signing {
  const file = keyFile.keys();
  const latest = latestOf(file);
  if (before === undefined) return { signers: latest };
  const ring = ringOf(keyFile, before);
  const again = latest.find(({ text }) => ring.retired().includes(text));
  if (again !== undefined) throw new Error(`The key file has no newer key than ${again.text}, which was retired`);
  const inUse = ring.signersOf(before.note);
  const signed = file.filter(({ text }) => inUse.includes(text));
  if (signed.length === 0 && !keyFile.areFormerLost)
    throw new Error(
      'No key of the file signed the newest checkpoint: those that did have to stand before the new ones',
    );
  const retires = signed.filter((key) => !latest.includes(key));
  if (retires.length === 0) return { signers: latest };
  const adopts = latest.filter((key) => !signed.includes(key));
  return { signers: [...signed, ...adopts], turn: { retires: textsOf(retires), adopts: textsOf(adopts) } };
}

/** The keys that sign until the turn is made: others are not told before. Empty where the file has none of them. */
export const keysInUse = (keyFile: LogKeyFile, before: SignedBefore | undefined): string[] =>
  before === undefined ? textsOf(latestOf(keyFile.keys())) : ringOf(keyFile, before).signersOf(before.note);

const ringOf = (keyFile: LogKeyFile, { turns }: SignedBefore): KeyRing =>
  KeyRing.of(keyFile.origin, textsOf(keyFile.keys())).following(turns);

const latestOf = (file: readonly LogKey[]): LogKey[] =>
  file.filter(({ kind }, n) => !file.slice(n + 1).some((later) => later.kind === kind));

const textsOf = (keys: readonly LogKey[]): string[] => keys.map(({ text }) => text);

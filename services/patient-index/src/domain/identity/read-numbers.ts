import type { LocalPatientKey } from '@yinglian/contracts';
import type { Flag } from './flags.js';
import type { Identifier } from './identifier.js';
import { readIdentifier, type StatedNumber } from './read-identifier.js';

/** What all numbers of a patient say, each number once. */
export interface ReadNumbers {
  readonly ids: readonly Identifier[];
  readonly flags: readonly Flag[];
}

/** The number that the hospital files the patient under comes first. `today` is YYYYMMDD. */
export function readNumbers(patient: LocalPatientKey, stated: readonly StatedNumber[], today: string): ReadNumbers {
  const { hospital, issuer, id } = patient;
  const own = readIdentifier({ id, issuer, type: 'HOSPITAL' }, hospital, today);
  const others = stated.map((one) => readIdentifier(one, hospital, today));
  const ownFlag = own.flag === 'NUMBER_PLACEHOLDER' ? 'LOCAL_ID_PLACEHOLDER' : own.flag;
  return {
    ids: strongest([own, ...others].flatMap(({ identifier }) => identifier ?? [])),
    flags: [ownFlag, ...others.map(({ flag }) => flag)].flatMap((flag) => flag ?? []),
  };
}

/** A number that is stated twice counts as the stronger. */
function strongest(ids: readonly Identifier[]): Identifier[] {
  const byNumber = new Map<string, Identifier>();
  for (const id of ids) {
    const key = `${id.system} ${id.value}`;
    if (byNumber.get(key)?.strength !== 'strong') byNumber.set(key, id);
  }
  return [...byNumber.values()];
}

import { type Policies, type Replayable, replay } from '@yinglian/access';
import type { Role } from '@yinglian/contracts';
import type { DecidedGroup } from '../storage/decided-groups.js';

/** Accesses that would have been decided otherwise. */
export interface Change {
  readonly action: string;
  readonly roles: readonly Role[];
  readonly hospital: string | null;
  readonly purposeOfUse: string;
  /** The basis of a permit, or the problem code of a refusal: as it was, and as it would have been. */
  readonly was: string;
  readonly wouldBe: string;
  readonly kind: 'refused' | 'permitted';
  readonly accesses: number;
}

/** What policies would have decided in the time that was looked at. */
export interface Trial {
  /** UTC instants, RFC 3339; `to` is not included. */
  readonly from: string;
  readonly to: string;
  /** Accesses that were decided again. Lists are not among them: their studies are not recorded one by one. */
  readonly tried: number;
  readonly refused: number;
  readonly permitted: number;
  /** The most frequent first. */
  readonly changes: readonly Change[];
}

const SHOWN_AT_MOST = 200;

export function tryOn(policies: Policies, groups: readonly DecidedGroup[], from: Date, to: Date): Trial {
  const changes = new Map<string, Change>();
  const sums = { tried: 0, refused: 0, permitted: 0 };
  for (const group of groups) {
    sums.tried += group.accesses;
    const change = changeOf(policies, group);
    if (change === undefined) continue;
    sums[change.kind] += change.accesses;
    const { accesses, ...what } = change;
    const key = JSON.stringify(what);
    changes.set(key, { ...what, accesses: (changes.get(key)?.accesses ?? 0) + accesses });
  }
  const shown = [...changes.values()].sort((one, other) => other.accesses - one.accesses).slice(0, SHOWN_AT_MOST);
  return { from: from.toISOString(), to: to.toISOString(), ...sums, changes: shown };
}

/** Undefined where it would have been permitted, or refused, as it was. */
function changeOf(policies: Policies, group: DecidedGroup): Change | undefined {
  const answer = replay(policies, recordOf(group));
  if (answer === undefined || answer.permitted === (group.outcome === 'permit')) return undefined;
  const { action, roles, hospital, purposeOfUse, code: was, accesses } = group;
  const kind = answer.permitted ? 'permitted' : 'refused';
  return { action, roles, hospital, purposeOfUse, was, wouldBe: answer.code, kind, accesses };
}

const recordOf = ({
  action,
  purposeOfUse,
  roles,
  hospital,
  ownerHospital,
  facts,
  ...about
}: DecidedGroup): Replayable => ({
  actor: { subject: 'somebody', roles: [...roles], hospital },
  action,
  purposeOfUse,
  personId: about.aboutPerson ? 'a person' : null,
  studyInstanceUid: about.aboutStudy ? 'a study' : null,
  ownerHospital,
  facts,
});

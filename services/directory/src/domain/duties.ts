import { dutiesAreApart, type Role } from '@yinglian/contracts';
import type { Position, Staff } from './staff.js';

/** Who does something about an account, and for whom: null for the commission. */
export interface Officer {
  readonly by: string;
  readonly roles: readonly Role[];
  readonly hospital: string | null;
}

/** The commission's officers do it for everybody, a hospital's for its own. */
export const answersFor = (officer: Pick<Officer, 'hospital'>, hospital: string | null) =>
  officer.hospital === null || officer.hospital === hospital;

type Powers = Pick<Staff, 'roles' | 'hospital' | 'active'>;

/** Whether somebody can do more after than before, or elsewhere: that takes two people. An account that is a patient's alone has power over nobody. */
export function grantsPower(before: Powers, after: Powers): boolean {
  if ([...before.roles, ...after.roles].every((role) => role === 'patient')) return false;
  return (
    before.hospital !== after.hospital ||
    (after.active && !before.active) ||
    after.roles.some((role) => !before.roles.includes(role))
  );
}

/** Whose security administrators decide on it: the hospital's own, unless somebody comes from elsewhere. */
export const decidedAtHospital = (before: Pick<Position, 'hospital'>, after: Pick<Position, 'hospital'>) =>
  before.hospital === after.hospital ? after.hospital : null;

/** The commission needs one of each at any time. */
export const LASTING_OFFICES = ['administrator', 'security-administrator'] as const;
export type LastingOffice = (typeof LASTING_OFFICES)[number];

const holds = ({ roles, hospital, active }: Powers, office: LastingOffice) =>
  active && hospital === null && roles.includes(office);

/** The office of the commission that nobody would hold after the change. `others` hold one and can act. */
export const leavesEmpty = (before: Powers, after: Powers, others: readonly Powers[]): LastingOffice | undefined =>
  LASTING_OFFICES.find(
    (office) =>
      holds(before, office) &&
      !(holds(after, office) && dutiesAreApart(after.roles)) &&
      !others.some((other) => holds(other, office) && dutiesAreApart(other.roles)),
  );

import { dutiesAreApart, type Role } from '@yinglian/contracts';

export interface Staff {
  readonly username: string;
  readonly displayName: string;
  /** None until a second person has approved the first ones: such an account cannot act. */
  readonly roles: readonly Role[];
  readonly hospital: string | null;
  /** One of the hospital's departments. */
  readonly department: string | null;
  /** Whether they may sign in. */
  readonly active: boolean;
  readonly version: number;
  readonly changedAt: Date;
}

export type Position = Pick<Staff, 'roles' | 'hospital' | 'department'>;

/** A clinician works at a hospital, and a department is one of a hospital. */
export function positionIsPossible({ roles, hospital, department }: Position): boolean {
  if (roles.includes('clinician') && hospital === null) return false;
  return department === null || hospital !== null;
}

/** An account of an older home may hold duties that exclude one another: until one is taken away it cannot act. */
export const mayAct = ({ roles, active }: Pick<Staff, 'roles' | 'active'>) => active && dutiesAreApart(roles);

/** Patients have accounts too. */
export const isStaff = ({ roles }: Pick<Staff, 'roles'>) => !roles.includes('patient');

/** Whether other services are to hear of the change: `staff.changed.v1`. Nobody hears of an account that never had a role. */
export const concernsOthers = (before: Staff, after: Staff) =>
  after.roles.length > 0 &&
  (before.hospital !== after.hospital ||
    before.active !== after.active ||
    [...before.roles].sort().join() !== [...after.roles].sort().join());

export const presentStaff = ({ changedAt, ...staff }: Staff) => ({ ...staff, changedAt: changedAt.toISOString() });

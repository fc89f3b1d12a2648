import type { Role } from '@yinglian/contracts';

export interface Staff {
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly hospital: string | null;
  /** One of the hospital's departments. */
  readonly department: string | null;
  /** Whether they may sign in. */
  readonly active: boolean;
  readonly version: number;
  readonly changedAt: Date;
}

type Position = Pick<Staff, 'roles' | 'hospital' | 'department'>;

/** A patient has no other role, a clinician works at a hospital, and a department is one of a hospital. */
export function positionIsPossible({ roles, hospital, department }: Position): boolean {
  if (roles.includes('patient') && roles.length > 1) return false;
  if (roles.includes('clinician') && hospital === null) return false;
  return department === null || hospital !== null;
}

export const administers = ({ roles, active }: Pick<Staff, 'roles' | 'active'>) =>
  active && roles.includes('administrator');

/** Patients have accounts too. */
export const isStaff = ({ roles }: Pick<Staff, 'roles'>) => !roles.includes('patient');

/** Whether other services are to hear of the change: `staff.changed.v1`. */
export const concernsOthers = (before: Staff, after: Staff) =>
  before.hospital !== after.hospital ||
  before.active !== after.active ||
  [...before.roles].sort().join() !== [...after.roles].sort().join();

export const presentStaff = ({ changedAt, ...staff }: Staff) => ({ ...staff, changedAt: changedAt.toISOString() });

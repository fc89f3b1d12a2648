import type { Role } from '@yinglian/contracts';

const ALONE: readonly Role[] = ['administrator', 'security-administrator', 'patient'];

/** As the directory decides it: administrators of either kind, and patients, have no other role. */
export const dutiesAreApart = (roles: readonly Role[]) =>
  roles.length <= 1 || !roles.some((role) => ALONE.includes(role));

const OF_HOSPITALS: readonly Role[] = ['clinician', 'steward', 'auditor', 'administrator', 'security-administrator'];
const OF_THE_COMMISSION: readonly Role[] = ['administrator', 'security-administrator', 'auditor', 'steward'];

export const rolesAt = (hospital: string | null) => (hospital === null ? OF_THE_COMMISSION : OF_HOSPITALS);

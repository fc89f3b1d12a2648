import type { Role } from '@yinglian/contracts';

/** The screens of each role, the first of a person's being where they start. */
export const SCREENS = [
  { path: '/people', role: 'clinician', label: 'nav.people' },
  { path: '/hospitals', role: 'administrator', label: 'nav.hospitals' },
  { path: '/completeness', role: 'administrator', label: 'nav.completeness' },
  { path: '/accesses', role: 'auditor', label: 'nav.accesses' },
  { path: '/conflicts', role: 'steward', label: 'nav.conflicts' },
  { path: '/quarantine', role: 'steward', label: 'nav.quarantine' },
] as const satisfies readonly { path: string; role: Role; label: string }[];

export const screensOf = (roles: readonly Role[]) => SCREENS.filter(({ role }) => roles.includes(role));

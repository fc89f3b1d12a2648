import type { Role } from '@yinglian/contracts';
import type { Account } from '../session/account.js';

/** The screens of each role, the first of a person's being where they start. */
export const SCREENS = [
  { path: '/people', role: 'clinician', label: 'nav.people' },
  { path: '/hospitals', role: 'administrator', label: 'nav.hospitals' },
  { path: '/completeness', role: 'administrator', label: 'nav.completeness' },
  // Only of a hospital's own administrator: stewards ask hospitals.
  { path: '/questions', role: 'administrator', label: 'nav.questions' },
  // Of the whole province: not of a hospital's own administrator.
  { path: '/matching', role: 'administrator', label: 'nav.matching' },
  { path: '/accesses', role: 'auditor', label: 'nav.accesses' },
  { path: '/conflicts', role: 'steward', label: 'nav.conflicts' },
  { path: '/quarantine', role: 'steward', label: 'nav.quarantine' },
  { path: '/people', role: 'steward', label: 'nav.people' },
  { path: '/matching', role: 'steward', label: 'nav.matching' },
] as const satisfies readonly { path: string; role: Role; label: string }[];

/** Of somebody's roles and hospital, each screen once. */
export const screensOf = ({ roles, hospital }: Pick<Account, 'roles' | 'hospital'>) => {
  const theirs = SCREENS.filter(
    ({ path, role }) =>
      roles.includes(role) &&
      !(path === '/questions' && hospital === null) &&
      !(path === '/matching' && role === 'administrator' && hospital !== null),
  );
  return theirs.filter(({ path }, at) => theirs.findIndex((one) => one.path === path) === at);
};

import type { Role } from '@yinglian/contracts';
import type { Account } from '../session/account.js';

/** The screens of each role, the first of a person's being where they start. */
export const SCREENS = [
  { path: '/mine', role: 'patient', label: 'nav.mine' },
  { path: '/people', role: 'clinician', label: 'nav.people' },
  { path: '/hospitals', role: 'administrator', label: 'nav.hospitals' },
  { path: '/completeness', role: 'administrator', label: 'nav.completeness' },
  // Only of a hospital's own administrator: stewards ask hospitals.
  { path: '/questions', role: 'administrator', label: 'nav.questions' },
  { path: '/matching', role: 'administrator', label: 'nav.matching' },
  { path: '/operations', role: 'administrator', label: 'nav.operations' },
  { path: '/approvals', role: 'administrator', label: 'nav.approvals' },
  { path: '/approvals', role: 'security-administrator', label: 'nav.approvals' },
  { path: '/accounts', role: 'security-administrator', label: 'nav.accounts' },
  { path: '/accesses', role: 'auditor', label: 'nav.accesses' },
  { path: '/emergencies', role: 'auditor', label: 'nav.emergencies' },
  { path: '/cases', role: 'auditor', label: 'nav.cases' },
  { path: '/statistics', role: 'auditor', label: 'nav.statistics' },
  { path: '/policies', role: 'security-administrator', label: 'nav.policies' },
  { path: '/policies', role: 'auditor', label: 'nav.policies' },
  { path: '/conflicts', role: 'steward', label: 'nav.conflicts' },
  { path: '/quarantine', role: 'steward', label: 'nav.quarantine' },
  { path: '/withdrawals', role: 'steward', label: 'nav.withdrawals' },
  { path: '/disposals', role: 'steward', label: 'nav.disposals' },
  { path: '/people', role: 'steward', label: 'nav.people' },
  { path: '/matching', role: 'steward', label: 'nav.matching' },
] as const satisfies readonly { path: string; role: Role; label: string }[];

/** An administrator of one hospital does not see these. */
const OF_PROVINCE: ReadonlySet<string> = new Set(['/matching', '/operations']);

/** Of somebody's roles and hospital, each screen once. */
export const screensOf = ({ roles, hospital }: Pick<Account, 'roles' | 'hospital'>) => {
  const theirs = SCREENS.filter(
    ({ path, role }) =>
      roles.includes(role) &&
      !(path === '/questions' && hospital === null) &&
      !(OF_PROVINCE.has(path) && role === 'administrator' && hospital !== null),
  );
  return theirs.filter(({ path }, at) => theirs.findIndex((one) => one.path === path) === at);
};

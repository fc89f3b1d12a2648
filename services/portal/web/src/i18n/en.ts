import { accesses } from './en/accesses.js';
import { approvals } from './en/approvals.js';
import { cases } from './en/cases.js';
import { complaints } from './en/complaints.js';
import { completeness } from './en/completeness.js';
import { conflicts } from './en/conflicts.js';
import { counter } from './en/counter.js';
import { deadlines } from './en/deadlines.js';
import { desk } from './en/desk.js';
import { disposals } from './en/disposals.js';
import { fetching } from './en/fetching.js';
import { glass } from './en/glass.js';
import { hospitals } from './en/hospitals.js';
import { looks } from './en/looks.js';
import { matching } from './en/matching.js';
import { notices } from './en/notices.js';
import { operations } from './en/operations.js';
import { password } from './en/password.js';
import { persons } from './en/persons.js';
import { policies } from './en/policies.js';
import { quarantine } from './en/quarantine.js';
import { scrub } from './en/scrub.js';
import { secondFactors } from './en/second-factors.js';
import { sessions } from './en/sessions.js';
import { sharing } from './en/sharing.js';
import { staff } from './en/staff.js';
import { statistics } from './en/statistics.js';
import { studies } from './en/studies.js';
import { withdrawals } from './en/withdrawals.js';
import { workstations } from './en/workstations.js';
import type { Messages } from './zh.js';

export const en: Messages = {
  product: { name: 'Yinglian', tagline: 'Medical imaging across the province' },
  nav: {
    mine: 'My examinations',
    people: 'Find a patient',
    hospitals: 'Hospitals',
    completeness: 'Completeness',
    operations: 'Operations',
    accesses: 'Access records',
    emergencies: 'Emergencies',
    policies: 'Access policies',
    cases: 'Findings and cases',
    statistics: 'Statistics',
    conflicts: 'Identities',
    quarantine: 'Quarantine',
    withdrawals: 'Withdrawals',
    disposals: 'Disposal',
    matching: 'Matching',
    questions: 'Questions',
    approvals: 'Approvals',
    accounts: 'Accounts',
    account: 'Account',
  },
  actions: {
    retry: 'Try again',
    search: 'Search',
    open: 'Open',
    cancel: 'Cancel',
    save: 'Save',
    add: 'Add',
    more: 'Load more',
    signOut: 'Sign out',
    close: 'Close',
    required: 'Required',
    malformed: 'Not of this form',
  },
  session: {
    entering: 'Signing in…',
    failed: 'Signing in is not possible right now',
    proveFirst: 'Prove your second factor again first; it counts for five minutes.',
    prove: 'Prove it',
  },
  roles: {
    administrator: 'Administrator',
    clinician: 'Clinician',
    auditor: 'Auditor',
    'security-administrator': 'Security administrator',
    steward: 'Data steward',
    patient: 'Patient',
  },
  sex: { M: 'Male', F: 'Female', O: 'Other', unknown: 'Sex unknown' },
  persons,
  policies,
  studies,
  reason: {
    title: 'Why do you need these images?',
    why: 'Your hospital has not treated this patient. Give a reason to see the images; it is recorded and reviewed.',
    label: 'Reason',
    placeholder: 'For example: referred patient, comparison with earlier images',
    presets: {
      referral: 'Referred patient, comparison with earlier images',
      emergency: 'Emergency visit, history needed',
      consultation: 'Invited consultation',
    },
    tooShort: 'Write at least 4 characters',
    submit: 'Record and open',
  },
  matching,
  operations,
  scrub,
  completeness,
  fetching,
  deadlines,
  hospitals,
  departments: {
    add: 'Add a department',
    code: 'Code',
    name: 'Name',
    none: 'No departments yet',
    head: 'Account of its head',
    noHead: 'No head',
  },
  staff,
  approvals,
  accesses,
  cases,
  counter,
  complaints,
  looks,
  sharing,
  statistics,
  own: {
    title: 'My examinations',
    titleOf: 'Examinations of {{name}}',
    self: 'Myself',
    child: 'My child',
    asGuardian: 'You decide as the guardian until the child is 14.',
    nobody:
      'This account stands for no patient yet. Bring an identity document to the imaging counter of any hospital.',
  },
  glass,
  notices,
  conflicts,
  desk,
  quarantine,
  withdrawals,
  workstations,
  disposals,
  secondFactors,
  password,
  sessions,
  account: {
    title: 'Account',
    signedInAs: 'Signed in as',
    username: 'Account',
    sex: 'Sex',
    roles: 'Roles',
    hospital: 'Hospital',
    patient: 'To see or copy your own images, ask at the imaging desk of the hospital that treated you.',
    noRole:
      'This account has no role yet: it may wait for a security administrator. Sign in again once it is approved.',
  },
  few: 'fewer than {{fewerThan}}',
  notFound: { title: 'There is no such page', home: 'Go to the start' },
};

import type { AccessRow } from '../storage/access-page.js';

/** A record of the log as lists have it: a clinician's look at a study, unless told. */
export const accessRow = (told: Partial<AccessRow> = {}): AccessRow => ({
  position: '7',
  accessId: '0192f0c1-5f4e-7c3a-9b1d-000000000007',
  at: new Date('2026-11-24T08:00:00.000Z'),
  lastAt: new Date('2026-11-24T08:05:00.000Z'),
  count: 3,
  actor: { subject: 'dr.lin', displayName: '林医生', roles: ['clinician'], hospital: 'H001' },
  action: 'study.retrieve',
  purposeOfUse: 'TREAT',
  personId: 'P00000000000000000000000007',
  studyInstanceUid: '1.2.3.7',
  ownerHospital: 'H002',
  account: null,
  address: null,
  object: null,
  query: [],
  decision: { outcome: 'permit', code: 'TREATING_HOSPITAL', policies: ['clinician-opens'], policyVersion: 'v' },
  breakGlassId: null,
  service: 'study-registry',
  ...told,
});

export const REFUSED = { outcome: 'deny', code: 'PATIENT_OBJECTS', policies: [], policyVersion: 'v' };

/** One of each kind that records come in. */
export const KINDS_OF_ROWS: readonly (readonly [string, AccessRow])[] = [
  ['a look at a study', accessRow()],
  ['a look at a study of nobody', accessRow({ personId: null })],
  ['a look under broken glass', accessRow({ breakGlassId: '0192f0c1-5f4e-7c3a-9b1d-00000000000a' })],
  ['a refused look', accessRow({ decision: REFUSED })],
  ['a read of who it is', accessRow({ action: 'person.read', studyInstanceUid: null })],
  ['a search by name', accessRow({ action: 'person.search', personId: null, studyInstanceUid: null, query: ['name'] })],
  ['a search of a person', accessRow({ action: 'study.search', studyInstanceUid: null, query: ['00100020', 'from'] })],
  ['a search by nothing', accessRow({ action: 'study.search', personId: null, studyInstanceUid: null })],
  ['an auditor’s search', accessRow({ action: 'audit.search', studyInstanceUid: null, query: ['personId'] })],
  ['an export', accessRow({ action: 'audit.export', personId: null, studyInstanceUid: null })],
  [
    'a refused sign-in',
    accessRow({
      action: 'session.refused',
      actor: { subject: '-', displayName: '', roles: [], hospital: null },
      personId: null,
      studyInstanceUid: null,
      address: '192.0.2.7',
      query: ['pwd'],
      decision: { ...REFUSED, code: 'WRONG_PASSWORD' },
    }),
  ],
  [
    'a changed account',
    accessRow({
      action: 'staff.change',
      account: 'dr.chen',
      personId: null,
      studyInstanceUid: null,
      query: ['roles'],
      decision: { outcome: 'permit', code: 'ACTIVE', policies: [], policyVersion: '' },
      service: 'directory',
    }),
  ],
  [
    'a changed workstation with signs that XML and syslog escape',
    accessRow({
      action: 'workstation.change',
      actor: { subject: 'admin', displayName: '管理员 <"A&B"> ]\\', roles: ['administrator'], hospital: null },
      personId: null,
      studyInstanceUid: null,
      object: { kind: 'workstation', id: 'READ 1/<A>&"' },
      service: 'directory',
    }),
  ],
];

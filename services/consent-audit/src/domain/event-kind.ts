import type { AccessAction, DeedAction, SignInAction } from '@yinglian/contracts';

export type RecordedAction = AccessAction | DeedAction | SignInAction;

/** Codes of DICOM's audit messages (PS3.16 CID 400 and 401). */
export const DCM = {
  auditLogUsed: ['110101', 'Audit Log Used'],
  instancesAccessed: ['110103', 'DICOM Instances Accessed'],
  export: ['110106', 'Export'],
  patientRecord: ['110110', 'Patient Record'],
  query: ['110112', 'Query'],
  securityAlert: ['110113', 'Security Alert'],
  userAuthentication: ['110114', 'User Authentication'],
  login: ['110122', 'Login'],
  logout: ['110123', 'Logout'],
  emergencyStarted: ['110127', 'Emergency Override Started'],
  networkConfiguration: ['110128', 'Network Configuration'],
  securityConfiguration: ['110129', 'Security Configuration'],
  objectSecurityChanged: ['110135', 'Object Security Attributes Changed'],
  userSecurityChanged: ['110137', 'User Security Attributes Changed'],
  emergencyStopped: ['110138', 'Emergency Override Stopped'],
} as const;
export type DcmTerm = keyof typeof DCM;

/** What a record is an instance of, in the terms of others. */
export interface EventKind {
  readonly id: DcmTerm;
  readonly type?: DcmTerm;
  /** Create, read, update, delete, execute. */
  readonly does: 'C' | 'R' | 'U' | 'D' | 'E';
}

const alert = (type: DcmTerm, does: EventKind['does'] = 'E'): EventKind => ({ id: 'securityAlert', type, does });
const identity: EventKind = { id: 'patientRecord', does: 'U' };
const study: EventKind = { id: 'instancesAccessed', does: 'U' };
const login: EventKind = { id: 'userAuthentication', type: 'login', does: 'E' };
const auditLog: EventKind = { id: 'auditLogUsed', does: 'U' };

export const EVENT_KINDS: Readonly<Record<RecordedAction, EventKind>> = {
  'person.search': { id: 'query', does: 'E' },
  'person.read': { id: 'patientRecord', does: 'R' },
  'study.search': { id: 'query', does: 'E' },
  'study.retrieve': { id: 'instancesAccessed', does: 'R' },
  'audit.search': { id: 'auditLogUsed', does: 'R' },
  'audit.export': { id: 'auditLogUsed', type: 'export', does: 'R' },
  'session.begin': login,
  'session.refused': login,
  'session.end': { id: 'userAuthentication', type: 'logout', does: 'E' },
  'factor.enrolled': alert('userSecurityChanged', 'C'),
  'factor.proved': login,
  'factor.removed': alert('userSecurityChanged', 'D'),
  'account.unlocked': alert('userSecurityChanged', 'U'),
  'password.changed': alert('userSecurityChanged', 'U'),
  'break-glass.open': alert('emergencyStarted'),
  'break-glass.end': alert('emergencyStopped'),
  'break-glass.review': auditLog,
  'consent.close': alert('objectSecurityChanged', 'C'),
  'consent.open': alert('objectSecurityChanged', 'C'),
  'consent.end': alert('objectSecurityChanged', 'D'),
  'account.link': alert('userSecurityChanged', 'C'),
  'account.unlink': alert('userSecurityChanged', 'D'),
  'policies.propose': alert('securityConfiguration', 'C'),
  'policies.sign': alert('securityConfiguration', 'U'),
  'policies.refuse': alert('securityConfiguration', 'D'),
  'policies.withdraw': alert('securityConfiguration', 'D'),
  'relationship.declare': alert('userSecurityChanged', 'C'),
  'staff.add': alert('userSecurityChanged', 'C'),
  'staff.change': alert('userSecurityChanged', 'U'),
  'password.reset': alert('userSecurityChanged', 'U'),
  'identity.unlink': alert('userSecurityChanged', 'D'),
  'roles.propose': alert('userSecurityChanged', 'C'),
  'roles.approve': alert('userSecurityChanged', 'U'),
  'roles.refuse': alert('userSecurityChanged', 'D'),
  'roles.withdraw': alert('userSecurityChanged', 'D'),
  'hospital.add': alert('networkConfiguration', 'C'),
  'hospital.change': alert('networkConfiguration', 'U'),
  'department.add': alert('securityConfiguration', 'C'),
  'department.change': alert('securityConfiguration', 'U'),
  'workstation.add': alert('networkConfiguration', 'C'),
  'workstation.change': alert('networkConfiguration', 'U'),
  'workstation.remove': alert('networkConfiguration', 'D'),
  'client.add': alert('securityConfiguration', 'C'),
  'client.renew': alert('securityConfiguration', 'U'),
  'client.remove': alert('securityConfiguration', 'D'),
  'deadline.set': alert('securityConfiguration', 'U'),
  'study.withdraw': study,
  'study.restore': study,
  'study.hold': study,
  'study.release': study,
  'disposal.confirm': study,
  'disposal.register': study,
  'disposal.withdraw': study,
  'quarantine.decide': study,
  'person.merge': identity,
  'person.split': identity,
  'person.separate': identity,
  'decision.withdraw': identity,
  'conflict.decide': identity,
  'matching.set': alert('securityConfiguration', 'U'),
  'audit-keys.turn': alert('securityConfiguration', 'U'),
  'witness.add': alert('securityConfiguration', 'C'),
  'witness.change': alert('securityConfiguration', 'U'),
  'case.open': auditLog,
  'case.note': auditLog,
  'case.close': auditLog,
  'case.answer': auditLog,
  'finding.dismiss': auditLog,
  'vip.list': auditLog,
  'vip.end': auditLog,
};

import type { AccessDevice, Scope } from '@yinglian/contracts';
import type { PersonPrincipal } from '@yinglian/platform';
import type { Workstation } from '../../storage/workstation.store.js';

/** Who asks through a workstation: its user, or nobody in particular. */
export interface WorkstationCaller extends PersonPrincipal {
  /** Of a workstation by itself, which has no roles; the decision point sees them (ADR 0030). */
  readonly scopes?: readonly Scope[];
  readonly device: AccessDevice;
}

/** A workstation of which nobody says who uses it: its hospital's own program. */
export const workstationItself = ({ aeTitle, hospital, name }: Workstation): WorkstationCaller => ({
  kind: 'person',
  subject: `workstation:${aeTitle}`,
  displayName: name ?? aeTitle,
  roles: [],
  scopes: ['studies:read'],
  hospital,
  department: null,
  sessionId: `workstation:${aeTitle}`,
  secondFactorAt: null,
  purposeOfUse: 'TREAT',
  device: 'workstation',
});

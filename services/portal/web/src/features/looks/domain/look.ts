import type { AccessAction, Role } from '@yinglian/contracts';

/** One look at a patient's data as the patient reads it: from where, in which role and why, without a name. */
export interface Look {
  readonly accessId: string;
  readonly at: string;
  readonly lastAt: string;
  readonly count: number;
  /** The reader's own. */
  readonly isOwn: boolean;
  readonly roles: readonly Role[];
  readonly hospital: string | null;
  readonly action: AccessAction;
  readonly purposeOfUse: string;
  readonly studyInstanceUid: string | null;
  readonly outcome: 'permit' | 'deny';
  readonly code: string;
}

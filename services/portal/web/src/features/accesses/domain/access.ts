import type { AccessAction, DeedAction, DeedObject, Role, SignInAction } from '@yinglian/contracts';

/** One access as consent-audit lists it: who asked for what, when, and what was decided. */
export interface Access {
  readonly accessId: string;
  readonly at: string;
  readonly count: number;
  readonly actor: {
    readonly subject: string;
    readonly displayName: string;
    readonly roles: readonly Role[];
    readonly hospital: string | null;
  };
  readonly action: AccessAction | DeedAction | SignInAction;
  readonly purposeOfUse: string;
  readonly personId: string | null;
  readonly studyInstanceUid: string | null;
  readonly ownerHospital: string | null;
  /** Whose account it was done to. */
  readonly account: string | null;
  /** Of deeds: to what, where that is no person, study or account. */
  readonly object: DeedObject | null;
  /** Of sign-ins: from which network address. */
  readonly address: string | null;
  /** Names of the search keys that were used, never their values. */
  readonly query: readonly string[];
  readonly decision: { readonly outcome: 'permit' | 'deny'; readonly code: string };
}

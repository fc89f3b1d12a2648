import type { AccessAction, Role, SignInAction } from '@yinglian/contracts';

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
  readonly action: AccessAction | SignInAction;
  readonly purposeOfUse: string;
  readonly personId: string | null;
  readonly studyInstanceUid: string | null;
  readonly ownerHospital: string | null;
  /** Of sign-ins: whose account it was done to, and from which network address. */
  readonly account: string | null;
  readonly address: string | null;
  /** Names of the search keys that were used, never their values. */
  readonly query: readonly string[];
  readonly decision: { readonly outcome: 'permit' | 'deny'; readonly code: string };
}

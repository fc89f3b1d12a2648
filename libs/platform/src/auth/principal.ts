import type { PurposeOfUse, Role, Scope } from '@yinglian/contracts';

/** A person who signed in: staff of a hospital, of the commission, or a patient. */
export interface PersonPrincipal {
  readonly kind: 'person';
  /** The account, the token's `sub`. */
  readonly subject: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  /** The hospital they work for; null for staff of the commission and for patients. */
  readonly hospital: string | null;
  readonly department: string | null;
  /** One sign-in: all tokens of a session share it. */
  readonly sessionId: string;
  /** When they last proved a second factor in this session, the token's `second_factor_time`; null if they never did. */
  readonly secondFactorAt: Date | null;
  /** From the header `x-purpose-of-use`, TREAT unless told. */
  readonly purposeOfUse: PurposeOfUse;
}

/** A program: a hospital's gateway, the launcher. */
export interface ServicePrincipal {
  readonly kind: 'service';
  readonly clientId: string;
  readonly scopes: readonly Scope[];
  /** The hospital that the client belongs to; null for the province's own. */
  readonly hospital: string | null;
}

export type Principal = PersonPrincipal | ServicePrincipal;

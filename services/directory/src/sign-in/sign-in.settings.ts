import type { RelyingParty } from '../domain/relying-party.js';

export const SIGN_IN_SETTINGS = Symbol('sign-in settings');

export interface SignInSettings {
  readonly publicUrl: string;
  /** `required`: staff without a second factor enrol one before anything else. */
  readonly secondFactor: 'required' | 'offered';
  /** Undefined where browsers make no passkeys. */
  readonly relyingParty: RelyingParty | undefined;
}

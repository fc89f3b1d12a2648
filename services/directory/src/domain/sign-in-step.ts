import type { SignInMethod } from '@yinglian/contracts';

/** A password, or the word of one's hospital: with one of these a sign-in begins. */
export const isFirstFactor = (method: SignInMethod) => method === 'pwd' || method === 'fed';

/** What a sign-in page asks next. `finished` leads back to the program. */
export type SignInStep = 'password' | 'code' | 'enrol' | 'finished';

export interface SignInState {
  /** Who was proved by a password or their hospital, in this interaction or in the session that asks for the second factor alone. */
  readonly account: string | undefined;
  /** That was in this interaction. */
  readonly hasFirst: boolean;
  readonly hasFactor: boolean;
  /** The program asks for a second factor, or the province requires one of this person. */
  readonly needsFactor: boolean;
  /** It was proved in this interaction. */
  readonly isProved: boolean;
}

/** Who has a second factor proves it at each sign-in; who needs one and has none enrols it after the password, before anything else. */
export function nextStep({ account, hasFirst, hasFactor, needsFactor, isProved }: SignInState): SignInStep {
  if (account === undefined) return 'password';
  if (isProved) return 'finished';
  if (hasFactor) return 'code';
  if (!needsFactor) return 'finished';
  // Whoever finds a browser signed in must not bind its account to a phone of their own.
  return hasFirst ? 'enrol' : 'password';
}

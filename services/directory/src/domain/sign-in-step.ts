import type { SignInMethod } from '@yinglian/contracts';

/** A password, or the word of one's hospital: with one of these a sign-in begins. */
export const isFirstFactor = (method: SignInMethod) => method === 'pwd' || method === 'fed';

/** What a sign-in page asks next. `finished` leads back to the program. */
export type SignInStep = 'password' | 'code' | 'new-password' | 'enrol' | 'finished';

export interface SignInState {
  /** Who was proved by a password or their hospital, in this interaction or in the session that asks for the second factor alone. */
  readonly account: string | undefined;
  /** That was in this interaction. */
  readonly hasFirst: boolean;
  /** It was a password, and somebody else knows it. */
  readonly isTold: boolean;
  readonly hasFactor: boolean;
  /** The program asks for a second factor, or the province requires one of this person. */
  readonly needsFactor: boolean;
  /** It was proved in this interaction. */
  readonly isProved: boolean;
}

/**
 * Who has a second factor proves it at each sign-in. Who was told a password chooses another one, but not before that: whoever told it
 * could do so, too. Who needs a second factor and has none enrols it then, before anything else.
 */
export function nextStep({ account, hasFirst, isTold, hasFactor, needsFactor, isProved }: SignInState): SignInStep {
  if (account === undefined) return 'password';
  if (hasFactor && !isProved) return 'code';
  if (isTold) return 'new-password';
  if (isProved) return 'finished';
  if (!needsFactor) return 'finished';
  // Whoever finds a browser signed in must not bind its account to a phone of their own.
  return hasFirst ? 'enrol' : 'password';
}

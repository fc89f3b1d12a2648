/**
 * Why a password or a code was not taken. A code that was used is right, and takes no second time.
 * Of a passkey: `passkey` is refused, `late` answers what is no longer asked, `copied` signed less often than it was seen to. The account of `duties` has
 * some that exclude one another. `elsewhere`: the hospital's provider vouched for nobody; `closed`: it did, for whose account is not open.
 */
export type SignInTrouble =
  | { readonly kind: 'wrong' | 'used' | 'passkey' | 'late' | 'copied' | 'duties' | 'elsewhere' | 'closed' }
  | { readonly kind: 'wait' | 'locked'; readonly until: Date };

const UNAUTHORIZED = 401;
const TOO_MANY_REQUESTS = 429;

export const statusOf = (trouble: SignInTrouble) => ('until' in trouble ? TOO_MANY_REQUESTS : UNAUTHORIZED);

export function retryAfterOf(trouble: SignInTrouble, now: Date): Record<string, string> {
  return 'until' in trouble ? { 'retry-after': String(secondsUntil(trouble.until, now)) } : {};
}

export const secondsUntil = (until: Date, now: Date) =>
  Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000));

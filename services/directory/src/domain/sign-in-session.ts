import type { SignInMethod } from '@yinglian/contracts';

/** One browser that is signed in. */
export interface SignInSession {
  /** The uid of the provider's session; its tokens carry it as `sid`. */
  readonly uid: string;
  readonly account: string;
  readonly begunAt: Date;
  /** When a token was last asked for by a program that somebody used. */
  readonly lastUsedAt: Date;
  readonly methods: readonly SignInMethod[];
  /** When the second factor was last proved; null if it never was. */
  readonly secondFactorAt: Date | null;
  readonly userAgent: string;
  readonly address: string;
}

export interface SessionLimits {
  readonly idleMs: number;
  readonly longestMs: number;
}

/** Why a session is over; undefined while it lives. */
export function endOf({ begunAt, lastUsedAt }: SignInSession, limits: SessionLimits, now: Date) {
  if (now.getTime() - begunAt.getTime() >= limits.longestMs) return 'TOO_OLD';
  return now.getTime() - lastUsedAt.getTime() >= limits.idleMs ? 'IDLE' : undefined;
}

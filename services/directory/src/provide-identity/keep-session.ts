import type { Database } from '@yinglian/persistence';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { z } from 'zod';
import { endOf, type SessionLimits } from '../domain/sign-in-session.js';
import { isFirstFactor } from '../domain/sign-in-step.js';
import { addressOf } from '../sign-in/open-sign-in.js';
import { findSession, saveSession, secondFactorProved, sessionUsed } from '../storage/sign-in-session.store.js';
import { proofIn } from './proof.js';

const USER_AGENT_LENGTH = 300;

/**
 * How long nobody used the program that asks for a token, in seconds. The portal and the viewer renew their tokens by
 * themselves; by this their sessions end all the same when nobody is there.
 */
export const IDLE_S = 'idle_s';

/** Writes down who signed in by which browser, proved the second factor again, or goes on to another program. */
export async function keepSession(
  database: Database,
  context: KoaContextWithOIDC,
  limits: SessionLimits,
): Promise<void> {
  const { oidc, ip, headers } = context;
  const { session, result } = oidc;
  if (session?.accountId === undefined) return;
  const proof = proofIn(result);
  if (proof === undefined) {
    const now = new Date();
    if (await isAlive(database, session.uid, limits, now)) {
      await sessionUsed(database, session.uid, usedAt(oidc.params, now));
    }
    return;
  }
  const { methods } = proof;
  const secondFactorAt = proof.secondFactorAt === null ? null : new Date(proof.secondFactorAt);
  if (!methods.some(isFirstFactor)) {
    if (secondFactorAt !== null) await secondFactorProved(database, session.uid, secondFactorAt, methods);
    return;
  }
  const begunAt = new Date(proof.at);
  await saveSession(database, {
    uid: session.uid,
    account: session.accountId,
    begunAt,
    lastUsedAt: begunAt,
    methods,
    secondFactorAt,
    userAgent: (headers['user-agent'] ?? '').slice(0, USER_AGENT_LENGTH),
    address: addressOf({ headers, ip }),
  });
}

/** Whether the session that a code or a refresh token came from lives. A refresh token uses it. */
export async function sessionLives(
  database: Database,
  token: object,
  context: KoaContextWithOIDC,
  limits: SessionLimits,
) {
  const { sessionUid: uid, kind } = SessionToken.parse(token);
  if (uid === undefined) return true;
  const now = new Date();
  if (!(await isAlive(database, uid, limits, now))) return false;
  if (kind === 'RefreshToken') await sessionUsed(database, uid, usedAt(context.oidc.body, now));
  return true;
}

const SessionToken = z.object({ sessionUid: z.string().optional(), kind: z.string() });

async function isAlive(database: Database, uid: string, limits: SessionLimits, now: Date): Promise<boolean> {
  const session = await findSession(database, uid);
  return session !== undefined && endOf(session, limits, now) === undefined;
}

/** When somebody last used the program that asks; now, unless it says for how long nobody did. */
function usedAt(parameters: unknown, now: Date): Date {
  const idleS = z.object({ [IDLE_S]: z.coerce.number().nonnegative() }).safeParse(parameters).data?.[IDLE_S] ?? 0;
  return new Date(now.getTime() - idleS * 1_000);
}

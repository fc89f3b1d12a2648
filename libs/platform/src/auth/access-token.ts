import { PurposeOfUse, Role, Scope } from '@yinglian/contracts';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { TOKEN_AUDIENCE } from '../config/define-config.js';
import { platformProblems } from '../errors/platform.errors.js';
import { failure, type Result, success } from '../errors/problem.js';
import type { Principal } from './principal.js';

const PersonClaims = z.object({
  sub: z.string().min(1),
  sid: z.string().min(1),
  name: z.string(),
  roles: z.array(Role),
  hospital: z.string().nullable(),
  department: z.string().nullable(),
  // Seconds since the epoch; absent when no second factor was proved.
  second_factor_time: z.number().int().nonnegative().optional(),
});

const ServiceClaims = z.object({
  client_id: z.string().min(1),
  scope: z.string().transform((scope) => scope.split(' ').flatMap((name) => Scope.safeParse(name).data ?? [])),
  hospital: z.string().nullable(),
});

const REMEMBERED_TOKENS = 10_000;
/** A key that the issuer has withdrawn is trusted so long at most. */
const REMEMBERED_MS = 30_000;

/** Verifies access tokens (RFC 9068 JWTs) offline, with the issuer's published keys; the last ones are remembered. */
export class AccessTokens {
  private readonly keys: ReturnType<typeof createRemoteJWKSet>;
  private readonly verified = new LRUCache<string, JWTPayload>({ max: REMEMBERED_TOKENS });

  constructor(
    private readonly issuer: string,
    jwksUrl: string,
  ) {
    this.keys = createRemoteJWKSet(new URL(jwksUrl), { cooldownDuration: 1_000, timeoutDuration: 5_000 });
  }

  async verify(token: string, purposeOfUse: string | undefined): Promise<Result<Principal>> {
    const known = this.verified.get(token);
    if (known !== undefined) return principalOf(known, purposeOfUse);
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer: this.issuer,
        audience: TOKEN_AUDIENCE,
        typ: 'at+jwt',
      });
      this.remember(token, payload);
      return principalOf(payload, purposeOfUse);
    } catch (error) {
      if (error instanceof errors.JWTExpired) return failure(platformProblems.TOKEN_EXPIRED);
      if (error instanceof errors.JWKSTimeout)
        return failure(platformProblems.UNAVAILABLE, 'The issuer’s keys cannot be fetched');
      if (error instanceof errors.JOSEError) return failure(platformProblems.TOKEN_INVALID);
      // The issuer did not answer: not the caller's fault.
      return failure(platformProblems.UNAVAILABLE, 'The issuer’s keys cannot be fetched');
    }
  }

  private remember(token: string, payload: JWTPayload): void {
    const livesMs = (payload.exp ?? 0) * 1_000 - Date.now();
    if (livesMs > 0) this.verified.set(token, payload, { ttl: Math.min(livesMs, REMEMBERED_MS) });
  }
}

function principalOf(payload: JWTPayload, purposeHeader: string | undefined): Result<Principal> {
  const purpose = PurposeOfUse.safeParse(purposeHeader ?? 'TREAT');
  if (!purpose.success) {
    return failure(platformProblems.INVALID_REQUEST, 'x-purpose-of-use is not a PurposeOfUse code known here');
  }
  const person = PersonClaims.safeParse(payload);
  if (person.success) {
    const { sub, sid, name, roles, hospital, department, second_factor_time: provedAt } = person.data;
    return success({
      kind: 'person',
      subject: sub,
      displayName: name,
      roles,
      hospital,
      department,
      sessionId: sid,
      secondFactorAt: provedAt === undefined ? null : new Date(provedAt * 1_000),
      purposeOfUse: purpose.data,
    });
  }
  const service = ServiceClaims.safeParse(payload);
  if (service.success) {
    const { client_id: clientId, scope: scopes, hospital } = service.data;
    return success({ kind: 'service', clientId, scopes, hospital });
  }
  return failure(platformProblems.TOKEN_INVALID);
}

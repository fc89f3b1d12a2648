import type { Role } from '@yinglian/contracts';

/** Who signed in, as their access token says. The token is verified by every service; here it only decides what is shown. */
export interface Account {
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly hospital: string | null;
  readonly department: string | null;
  /** When the session proved its second factor last; null when it did not. */
  readonly secondFactorAt: Date | null;
}

/** A little less than the services grant, so that what is typed then is not refused. */
const FRESH_MS = 4 * 60_000;

export const isProvedLately = (secondFactorAt: Date | null, now: number) =>
  secondFactorAt !== null && now - secondFactorAt.getTime() < FRESH_MS;

const ROLES: readonly Role[] = [
  'administrator',
  'security-administrator',
  'clinician',
  'auditor',
  'steward',
  'patient',
];

export function accountOf(accessToken: string): Account {
  const payload = accessToken.split('.')[1] ?? '';
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  const claims: Record<string, unknown> = JSON.parse(new TextDecoder().decode(bytes));
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : null);
  const proved = claims.second_factor_time;
  const named = Array.isArray(claims.roles) ? claims.roles : [];
  return {
    subject: text('sub') ?? '',
    name: text('name') ?? text('sub') ?? '',
    roles: ROLES.filter((role) => named.includes(role)),
    hospital: text('hospital'),
    department: text('department'),
    secondFactorAt: typeof proved === 'number' ? new Date(proved * 1_000) : null,
  };
}

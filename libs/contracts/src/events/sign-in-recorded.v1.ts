import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { HospitalCode, Instant } from '../identifiers.js';
import { Role } from '../roles.js';

/** What happened at the province's sign-in. */
export const SignInAction = z.enum([
  'session.begin',
  'session.refused',
  'session.end',
  'factor.enrolled',
  'factor.proved',
  'factor.removed',
  'account.unlocked',
  'password.changed',
]);
export type SignInAction = z.infer<typeof SignInAction>;

/**
 * By what somebody proved who they are (RFC 8176): a password, a one-time code, a key in hardware; a passkey, of which nobody
 * said where it lies, `pop` (OpenID Connect EAP ACR Values 1.0); or at their hospital's provider, `fed`.
 */
export const SignInMethod = z.enum(['pwd', 'otp', 'hwk', 'pop', 'fed']);
export type SignInMethod = z.infer<typeof SignInMethod>;

/** The actor's subject where the account that was named does not exist: what was typed is not kept. */
export const NOBODY = '-';

export const SignInRecordedV1 = defineEvent({
  type: 'sign-in.recorded.v1',
  topic: 'audit',
  key: (data) => data.actor.subject,
  emitted:
    'Emitted by the directory when somebody signs in or is refused, when a session ends, when a second factor is enrolled, proved again or removed, and when somebody chooses a password; committed before the answer leaves.',
  data: z.object({
    recordId: z.uuid(),
    at: Instant,
    actor: z.object({
      subject: z.string().max(64).describe('Who acted; `-` when the account that was named does not exist'),
      displayName: z.string().max(100),
      roles: z.array(Role),
      hospital: HospitalCode.nullable(),
    }),
    action: SignInAction,
    account: z.string().max(64).nullable().describe('The account that it was done to, when that is another’s'),
    outcome: z.enum(['permit', 'deny']),
    code: z.string().max(64).describe('Why, for instance WRONG_PASSWORD or IDLE'),
    methods: z.array(SignInMethod).describe('By what the person proved who they are'),
    address: z
      .string()
      .max(64)
      .nullable()
      .describe('The client’s network address; null where the province itself acted'),
    service: z.string().max(64),
    traceId: z.string().max(64),
  }),
});

import type { AccessDevice, PurposeOfUse, Role, Scope } from '@yinglian/contracts';
import { isPerson, type PersonPrincipal, type Principal } from '@yinglian/platform';

/** Who asks, as the token says. */
export interface Actor {
  readonly subject: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  /** Of a program; people have none. */
  readonly scopes?: readonly Scope[];
  readonly hospital: string | null;
  readonly department: string | null;
  readonly sessionId: string;
  readonly purposeOfUse: PurposeOfUse;
  /** By what they ask; a program unless told. */
  readonly device?: AccessDevice;
  /** Whether they proved a second factor in this session; not unless told. */
  readonly secondFactor?: boolean;
}

/** The actor that a verified token of a person describes: they ask by a browser unless it is a workstation that asks for them. */
export const actorOf = ({ kind: _, secondFactorAt, ...actor }: PersonPrincipal): Actor => ({
  device: 'browser',
  ...actor,
  secondFactor: secondFactorAt !== null,
});

/** The actor that any verified token describes. Programs of hospitals ask for treatment: they have no other purpose. */
export function anyActorOf(caller: Principal): Actor {
  if (isPerson(caller)) return actorOf(caller);
  const { clientId, scopes, hospital } = caller;
  const subject = `client:${clientId}`;
  return {
    subject,
    displayName: clientId,
    roles: [],
    scopes,
    hospital,
    department: null,
    sessionId: subject,
    purposeOfUse: 'TREAT',
    device: 'program',
  };
}

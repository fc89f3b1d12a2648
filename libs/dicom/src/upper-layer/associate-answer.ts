import { isAccepted, type NegotiatedContext } from './agreement.js';
import { itemsOf, type RoleSelection, uidOf, userInformationOf } from './associate-request.js';
import { ABORT, UpperLayerError } from './pdu.js';

const FIXED_BYTES = 68;
const CONTEXT_HEAD_BYTES = 4;
const PRESENTATION_CONTEXT = 0x21;
const TRANSFER_SYNTAX = 0x40;
const USER_INFORMATION = 0x50;

/** What the acceptor agreed to in A-ASSOCIATE-AC (PS3.8 section 9.3.3). */
export interface AssociateAnswer {
  readonly contexts: readonly NegotiatedContext[];
  readonly maximumLength: number;
  readonly roles: readonly RoleSelection[];
}

/** @param proposed abstract syntaxes by the ids of their presentation contexts: an answer does not repeat them */
export function parseAssociateAnswer(body: Buffer, proposed: ReadonlyMap<number, string>): AssociateAnswer {
  if (body.length < FIXED_BYTES) throw malformed('A-ASSOCIATE-AC is too short');
  const contexts: NegotiatedContext[] = [];
  let user: Pick<AssociateAnswer, 'maximumLength' | 'roles'> = { maximumLength: 0, roles: [] };
  for (const [type, value] of itemsOf(body.subarray(FIXED_BYTES))) {
    if (type === USER_INFORMATION) user = userInformationOf(value);
    if (type !== PRESENTATION_CONTEXT) continue;
    const [id, , result] = value;
    const abstractSyntax = proposed.get(id ?? 0);
    if (id === undefined || result === undefined || value.length < CONTEXT_HEAD_BYTES || abstractSyntax === undefined) {
      throw malformed('A presentation context was answered that was not proposed');
    }
    const transferSyntax = [...itemsOf(value.subarray(CONTEXT_HEAD_BYTES))].find(([each]) => each === TRANSFER_SYNTAX);
    contexts.push({ id, abstractSyntax, result, transferSyntax: uidOf(transferSyntax?.[1] ?? Buffer.alloc(0)) });
  }
  return { contexts: contexts.filter(isAccepted), ...user };
}

const malformed = (message: string) => new UpperLayerError(ABORT.invalidParameter, message);

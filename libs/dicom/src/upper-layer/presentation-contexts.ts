import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from '../data-set/transfer-syntaxes.js';
import { ACCEPTED, type Agreement } from './agreement.js';
import type { AssociateRequest, ProposedContext } from './associate-request.js';
import type { Service, ServiceAssociation } from './service-provider.js';
import { VERIFICATION } from './storage-classes.js';

const ABSTRACT_SYNTAX_NOT_SUPPORTED = 3;
const TRANSFER_SYNTAXES_NOT_SUPPORTED = 4;
/** Small data sets are read, so their syntax must be one that is. */
const READ_SYNTAXES: readonly string[] = [IMPLICIT_LITTLE_ENDIAN, EXPLICIT_LITTLE_ENDIAN];

/** Answers a request's presentation contexts, one by one, and its role selections: this side serves, and does not use. */
export function negotiate(request: AssociateRequest, association: Pick<ServiceAssociation, 'serviceOf'>): Agreement {
  return {
    contexts: request.presentationContexts.map((proposed) =>
      answerTo(
        proposed,
        proposed.abstractSyntax === VERIFICATION ? 'storage' : association.serviceOf(proposed.abstractSyntax),
      ),
    ),
    roles: request.roles.map(({ sopClassUid, scu }) => ({ sopClassUid, scu, scp: false })),
  };
}

function answerTo({ id, abstractSyntax, transferSyntaxes }: ProposedContext, service: Service | undefined) {
  // The syntax of a context that is refused is not looked at (PS3.8 section 9.3.3.2).
  const refused = { id, abstractSyntax, transferSyntax: transferSyntaxes[0] ?? IMPLICIT_LITTLE_ENDIAN };
  if (service === undefined && transferSyntaxes.length > 0)
    return { ...refused, result: ABSTRACT_SYNTAX_NOT_SUPPORTED };
  // Whatever the requestor prefers is stored as it comes.
  const transferSyntax = transferSyntaxes.find((syntax) => service === 'storage' || READ_SYNTAXES.includes(syntax));
  if (transferSyntax === undefined) return { ...refused, result: TRANSFER_SYNTAXES_NOT_SUPPORTED };
  return { id, abstractSyntax, transferSyntax, result: ACCEPTED };
}

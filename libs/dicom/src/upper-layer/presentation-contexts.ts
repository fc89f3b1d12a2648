import {
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  NATIVE_TRANSFER_SYNTAXES,
} from '../data-set/transfer-syntaxes.js';
import { ACCEPTED, type Agreement } from './agreement.js';
import type { AssociateRequest, ProposedContext } from './associate-request.js';
import type { Service, ServiceAssociation } from './service-provider.js';
import { VERIFICATION } from './storage-classes.js';

const ABSTRACT_SYNTAX_NOT_SUPPORTED = 3;
const TRANSFER_SYNTAXES_NOT_SUPPORTED = 4;
/** Small data sets are read, so their syntax must be one that is. */
const READ_SYNTAXES: readonly string[] = [IMPLICIT_LITTLE_ENDIAN, EXPLICIT_LITTLE_ENDIAN];

/**
 * Answers a request's presentation contexts, one by one, and its role selections: this side serves, and uses the requestor where it
 * takes the provider's role for what C-GET stores (PS3.4 section C.5.3).
 */
export function negotiate(request: AssociateRequest, association: Pick<ServiceAssociation, 'serviceOf'>): Agreement {
  const takers = new Set(request.roles.flatMap(({ sopClassUid, scp }) => (scp ? [sopClassUid] : [])));
  const serviceOf = (abstractSyntax: string): Service | undefined => {
    if (abstractSyntax === VERIFICATION) return 'storage';
    const service = association.serviceOf(abstractSyntax);
    return service === 'retrieval' && !takers.has(abstractSyntax) ? undefined : service;
  };
  return {
    contexts: request.presentationContexts.map((proposed) => answerTo(proposed, serviceOf(proposed.abstractSyntax))),
    roles: request.roles.map(({ sopClassUid, scu }) => {
      const isTaker = serviceOf(sopClassUid) === 'retrieval';
      return { sopClassUid, scu: scu && !isTaker, scp: isTaker };
    }),
  };
}

function answerTo({ id, abstractSyntax, transferSyntaxes }: ProposedContext, service: Service | undefined) {
  // The syntax of a context that is refused is not looked at (PS3.8 section 9.3.3.2).
  const refused = { id, abstractSyntax, transferSyntax: transferSyntaxes[0] ?? IMPLICIT_LITTLE_ENDIAN };
  if (service === undefined && transferSyntaxes.length > 0)
    return { ...refused, result: ABSTRACT_SYNTAX_NOT_SUPPORTED };
  const transferSyntax = syntaxFor(service, transferSyntaxes);
  if (transferSyntax === undefined) return { ...refused, result: TRANSFER_SYNTAXES_NOT_SUPPORTED };
  return { id, abstractSyntax, transferSyntax, result: ACCEPTED };
}

function syntaxFor(service: Service | undefined, [first, ...others]: readonly string[]): string | undefined {
  // Whatever the requestor prefers is stored as it comes.
  if (service === 'storage' || first === undefined) return first;
  if (service !== 'retrieval') return [first, ...others].find((syntax) => READ_SYNTAXES.includes(syntax));
  // Who wants compressed images says so first; of the others, most can be given in explicit VR little endian.
  if (!NATIVE_TRANSFER_SYNTAXES.has(first)) return first;
  const usual = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN];
  return usual.find((syntax) => syntax === first || others.includes(syntax)) ?? first;
}

import type { ProposedContext } from './associate-request.js';
import { isStorageClass, VERIFICATION } from './storage-classes.js';

/** What became of a proposed presentation context; `result` as in PS3.8 section 9.3.3.2. */
export interface NegotiatedContext {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntax: string;
  readonly result: 0 | 3 | 4;
}

const ACCEPTED = 0;
const ABSTRACT_SYNTAX_NOT_SUPPORTED = 3;
const TRANSFER_SYNTAXES_NOT_SUPPORTED = 4;
const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2';

/**
 * Accepts every storage class in the transfer syntax that the requestor names first: whatever it prefers is stored as it
 * comes, so no syntax need be understood.
 */
export function negotiate({ id, abstractSyntax, transferSyntaxes }: ProposedContext): NegotiatedContext {
  const [transferSyntax] = transferSyntaxes;
  if (transferSyntax === undefined) {
    return { id, abstractSyntax, transferSyntax: IMPLICIT_LITTLE_ENDIAN, result: TRANSFER_SYNTAXES_NOT_SUPPORTED };
  }
  const isSupported = abstractSyntax === VERIFICATION || isStorageClass(abstractSyntax);
  return { id, abstractSyntax, transferSyntax, result: isSupported ? ACCEPTED : ABSTRACT_SYNTAX_NOT_SUPPORTED };
}

export const isAccepted = ({ result }: NegotiatedContext) => result === ACCEPTED;

import type { RoleSelection } from './associate-request.js';

/** What became of a proposed presentation context; `result` as in PS3.8 section 9.3.3.2. */
export interface NegotiatedContext {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntax: string;
  readonly result: number;
}

/** What both sides agreed on. */
export interface Agreement {
  readonly contexts: readonly NegotiatedContext[];
  readonly roles: readonly RoleSelection[];
}

export const ACCEPTED = 0;

export const isAccepted = ({ result }: NegotiatedContext) => result === ACCEPTED;

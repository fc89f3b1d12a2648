import type { MessageError, Outcome } from '@yinglian/hl7';
import type { ProblemType } from '@yinglian/platform';

/** What a partner is answered: of a feed that it was kept, of a query what was found. */
export type PixReply =
  | {
      readonly kind: 'acknowledgement';
      readonly outcome: Outcome;
      readonly text?: string;
      readonly errors?: readonly MessageError[];
    }
  | {
      readonly kind: 'response';
      /** MSH-9 by its components. */
      readonly type: readonly string[];
      readonly status: QueryStatus;
      readonly text?: string;
      readonly errors?: readonly MessageError[];
      /** Behind QPD, escaped. */
      readonly segments?: readonly (readonly string[])[];
    };

/** HL7 table 0208: found, nobody found, the query is wrong, it is refused. */
export type QueryStatus = 'OK' | 'NF' | 'AE' | 'AR';

export const refused = (text: string, ...errors: MessageError[]): PixReply => ({
  kind: 'acknowledgement',
  outcome: 'rejected',
  text,
  errors,
});

export const failed = (text: string, ...errors: MessageError[]): PixReply => ({
  kind: 'acknowledgement',
  outcome: 'error',
  text,
  errors,
});

/** A query that the decision point does not permit (AR), or cannot decide and record now (AE). */
export const notAllowed = (type: readonly string[], { status, title }: ProblemType): PixReply => ({
  kind: 'response',
  type,
  status: status === 503 ? 'AE' : 'AR',
  text: title,
});

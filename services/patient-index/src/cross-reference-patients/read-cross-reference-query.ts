import type { MessageError } from '@yinglian/hl7';
import { type AssigningAuthorities, type Authority, statedIn } from '../serve-pix/assigning-authorities.js';
import { type PixMessage, segmentOf, textOf, valuesOf } from '../serve-pix/pix-message.js';

export interface CrossReferenceQuery {
  readonly id: string;
  readonly source: Authority;
  /** None: all. */
  readonly targets: readonly Authority[];
}

/** QPD of a PIX query (ITI TF-2 section 3.9.4.1.2.2), or what is wrong with it. */
export function readCrossReferenceQuery(
  message: PixMessage,
  authorities: AssigningAuthorities,
): CrossReferenceQuery | MessageError[] {
  if (segmentOf(message, 'QPD') === undefined) return [{ code: 100, location: ['QPD', 1] }];
  if (textOf(message, 'QPD', 2) === '') return [{ code: 101, location: ['QPD', 1, 2] }];
  const [asked] = valuesOf(message, 'QPD', 3);
  const id = asked?.(1) ?? '';
  if (asked === undefined || id === '') return [{ code: 101, location: ['QPD', 1, 3, 1, 1] }];
  const source = authorities.find(statedIn(asked));
  const read = readDomains(message, 4, authorities);
  // Case 4 of ITI TF-2 section 3.9.4.2.2.6, and case 5.
  if (source === null) return [{ code: 204, location: ['QPD', 1, 3, 1, 4] }, ...read.errors];
  return read.errors.length > 0 ? read.errors : { id, source, targets: read.authorities };
}

/** A field of QPD that lists domains, as CX of which only the authority is said. */
export function readDomains(message: PixMessage, field: number, known: AssigningAuthorities) {
  const stated = valuesOf(message, 'QPD', field).map(statedIn);
  const found = stated.map((each) => known.find(each));
  const isUnsaid = stated.length === 1 && stated[0]?.namespace === '' && stated[0].universalId === '';
  if (isUnsaid) return { authorities: [], errors: [] };
  const errors = found.flatMap((authority, at): MessageError[] =>
    authority === null ? [{ code: 204, location: ['QPD', 1, field, at + 1] }] : [],
  );
  return { authorities: found.filter((authority) => authority !== null), errors };
}

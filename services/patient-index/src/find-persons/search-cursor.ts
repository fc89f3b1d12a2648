import { z } from 'zod';
import { type Place, STARTS, type Walk } from '../storage/person-walk.store.js';

const ALONG: readonly Walk['along'][] = ['number', 'local-id', 'names', 'names-on-date', 'birth-date'];

export interface SearchPlace {
  readonly along: Walk['along'];
  readonly place: Place;
}

/** Opaque to clients: along which index the search goes, and where it stands. */
export const SearchCursor = z
  .string()
  .max(80)
  .transform((text, context): SearchPlace => {
    const [kind, ...numbers] = text.split('.');
    const along = ALONG.find((one) => one === kind);
    const place = numbers.map(Number);
    const isPlace = along !== undefined && place.length === STARTS[along].length && place.every(isKept);
    if (isPlace) return { along, place };
    context.addIssue({ code: 'custom', message: 'is no nextCursor of a page before' });
    return z.NEVER;
  });

// As the columns keep them: the last one is a patient's number.
const isKept = (number: number, at: number, { length }: Place) =>
  Number.isSafeInteger(number) && (at === length - 1 || Math.abs(number) < 2 ** 31);

export const cursorOf = (along: Walk['along'], place: Place): string => [along, ...place].join('.');

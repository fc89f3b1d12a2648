import { type EntityTag, isSame, meansTheSame, tagsOf } from './entity-tag.js';

export interface ConditionalHeaders {
  readonly 'if-match'?: string | undefined;
  readonly 'if-none-match'?: string | undefined;
  readonly 'if-unmodified-since'?: string | undefined;
  readonly 'if-modified-since'?: string | undefined;
}

/** What becomes of a GET or HEAD under its conditions, in the order of RFC 9110 section 13.2.2: dates count where no tags are named. */
export function precondition(
  headers: ConditionalHeaders,
  tag: EntityTag,
  lastModified?: Date,
): 'holds' | 'not modified' | 'failed' {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  const isWanted =
    match === undefined
      ? isNotAfter(lastModified, headers['if-unmodified-since']) !== false
      : names(match, tag, isSame);
  if (!isWanted) return 'failed';
  const isKnown =
    noneMatch === undefined
      ? isNotAfter(lastModified, headers['if-modified-since']) === true
      : names(noneMatch, tag, meansTheSame);
  return isKnown ? 'not modified' : 'holds';
}

/** Of a second that has passed: of a later one it would not be known whether something changes in it again. */
export const lastModifiedOf = (changedAt: Date, now: Date): Date | undefined =>
  seconds(now) - seconds(changedAt) > 1 ? new Date(seconds(changedAt) * 1000) : undefined;

/** Undefined when there is nothing to compare; a date that is none is as if it were not there (sections 13.1.3 and 13.1.4). */
function isNotAfter(lastModified: Date | undefined, header: string | undefined): boolean | undefined {
  const limit = Date.parse(header ?? '');
  return lastModified === undefined || Number.isNaN(limit) ? undefined : seconds(lastModified) * 1000 <= limit;
}

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

function names(header: string, tag: EntityTag, equal: (one: EntityTag, other: EntityTag) => boolean): boolean {
  const tags = tagsOf(header);
  return tags === '*' || tags.some((each) => equal(each, tag));
}

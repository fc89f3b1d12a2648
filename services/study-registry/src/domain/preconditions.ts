import { type EntityTag, isSame, meansTheSame, tagsOf } from './entity-tag.js';

export interface ConditionalHeaders {
  readonly 'if-match'?: string | undefined;
  readonly 'if-none-match'?: string | undefined;
}

/** What becomes of a GET or HEAD under its conditions, in the order of RFC 9110 section 13.2.2. Nothing here has a date of change. */
export function precondition(headers: ConditionalHeaders, tag: EntityTag): 'holds' | 'not modified' | 'failed' {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (match !== undefined && !names(match, tag, isSame)) return 'failed';
  return noneMatch !== undefined && names(noneMatch, tag, meansTheSame) ? 'not modified' : 'holds';
}

function names(header: string, tag: EntityTag, equal: (one: EntityTag, other: EntityTag) => boolean): boolean {
  const tags = tagsOf(header);
  return tags === '*' || tags.some((each) => equal(each, tag));
}

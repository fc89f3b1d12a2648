import { type EntityTag, isSame } from './entity-tag.js';

export interface RangeHeaders {
  readonly range?: string | undefined;
  readonly 'if-range'?: string | undefined;
}

/** Bytes of a representation, from the first on. */
export interface BytePart {
  readonly from: number;
  readonly length: number;
}

/**
 * What a request asks for of so many bytes (RFC 9110 section 14). A header that is not understood, that has several ranges, or that
 * is about another representation (`If-Range`) is as if it was not there, as the RFC lets.
 */
export function requestedPart(headers: RangeHeaders, sizeBytes: number, tag: EntityTag): BytePart | 'whole' | 'none' {
  const { range, 'if-range': ifRange } = headers;
  const [, first = '', last = ''] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(range ?? '') ?? [];
  if (first === '' && last === '') return 'whole';
  if (ifRange !== undefined && !isSame(ifRange.trim(), tag)) return 'whole';
  if (first === '') return suffix(Number(last), sizeBytes);
  const from = Number(first);
  const end = last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  if (last !== '' && Number(last) < from) return 'whole';
  return from < sizeBytes ? { from, length: end - from } : 'none';
}

function suffix(wanted: number, sizeBytes: number): BytePart | 'none' {
  const length = Math.min(wanted, sizeBytes);
  return length === 0 ? 'none' : { from: sizeBytes - length, length };
}

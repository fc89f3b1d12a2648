import type { DicomJson } from '@yinglian/dicom';
import { IDENTITY_TAGS } from './province-identity.js';

/** An instance's DICOM JSON as UTF-8 without its braces, and where the province's identity goes in. Each element has its comma before it. */
export interface CutText {
  readonly bytes: Buffer;
  /** By turns where the hospital's own element at a tag of IDENTITY_TAGS begins and ends; they are the same where there is none. */
  readonly cuts: readonly number[];
}

const OPENING = '{'.charCodeAt(0);
const CLOSING = '}'.charCodeAt(0);
const BRACES = 2;

const textOf = (tag: string, element: unknown) => `,"${tag}":${JSON.stringify(element)}`;

export function cutText(metadata: DicomJson): CutText {
  const tags = Object.keys(metadata).sort();
  const textBetween = (after: string, before: string) =>
    tags.flatMap((tag) => (tag > after && tag < before ? [textOf(tag, metadata[tag])] : [])).join('');
  const own = textsAtTags(metadata);
  const ends = ['', ...IDENTITY_TAGS, 'G'];
  const pieces = ends
    .slice(1)
    .flatMap((before, at) => [Buffer.from(textBetween(ends[at] ?? '', before)), own[at] ?? Buffer.alloc(0)]);
  let length = 0;
  const cuts = pieces.slice(0, 2 * IDENTITY_TAGS.length).map((piece) => {
    length += piece.length;
    return length;
  });
  return { bytes: Buffer.concat(pieces), cuts };
}

/** The elements of IDENTITY_TAGS, as they go into a cut text; empty where there is none. */
export const textsAtTags = (elements: DicomJson): Buffer[] =>
  IDENTITY_TAGS.map((tag) => Buffer.from(elements[tag] === undefined ? '' : textOf(tag, elements[tag])));

/** Room for `writeWithIdentity`. */
export const roomFor = ({ bytes }: CutText, identity: readonly Buffer[]): number =>
  identity.reduce((sum, element) => sum + element.length, bytes.length + BRACES);

/** Writes what `withIdentity` makes of the metadata, as text. Returns where it ends. */
export function writeWithIdentity(
  into: Buffer,
  at: number,
  { bytes, cuts }: CutText,
  identity: readonly Buffer[],
): number {
  let to = at;
  let from = 0;
  for (const [place, element] of identity.entries()) {
    if (element.length === 0) continue;
    to += bytes.copy(into, to, from, cuts[2 * place]);
    to += element.copy(into, to);
    from = cuts[2 * place + 1] ?? bytes.length;
  }
  to += bytes.copy(into, to, from);
  // In the place of the first element's comma.
  into[at] = OPENING;
  to = Math.max(to, at + 1);
  into[to] = CLOSING;
  return to + 1;
}

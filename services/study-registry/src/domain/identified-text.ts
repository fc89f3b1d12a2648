import type { DicomJson } from '@yinglian/dicom';
import { IDENTITY_TAGS } from './province-identity.js';

/** An instance's DICOM JSON as text, cut where the province's identity goes in: `between[i]` stands before `atTag[i]`. */
export interface CutText {
  /** Elements between those of IDENTITY_TAGS; the last ones follow all of them. */
  readonly between: readonly string[];
  /** The hospital's own elements of IDENTITY_TAGS; empty where there is none. */
  readonly atTag: readonly string[];
}

const textOf = (tag: string, element: unknown) => `"${tag}":${JSON.stringify(element)}`;

export function cutText(metadata: DicomJson): CutText {
  const tags = Object.keys(metadata).sort();
  const textBetween = (after: string, before: string) =>
    tags.flatMap((tag) => (tag > after && tag < before ? [textOf(tag, metadata[tag])] : [])).join();
  const ends = ['', ...IDENTITY_TAGS, 'G'];
  return {
    between: ends.slice(1).map((before, at) => textBetween(ends[at] ?? '', before)),
    atTag: textsAtTags(metadata),
  };
}

/** The elements of IDENTITY_TAGS, as they go into a cut text. */
export const textsAtTags = (elements: DicomJson): string[] =>
  IDENTITY_TAGS.map((tag) => (elements[tag] === undefined ? '' : textOf(tag, elements[tag])));

/** What `withIdentity` makes of the metadata, as text. */
export function textWithIdentity({ between, atTag }: CutText, identity: readonly string[]): string {
  let text = '';
  const add = (elements: string) => {
    if (elements !== '') text += text === '' ? elements : `,${elements}`;
  };
  for (const [at, elements] of between.entries()) {
    add(elements);
    add(identity[at] || (atTag[at] ?? ''));
  }
  return `{${text}}`;
}

export const lengthOf = ({ between, atTag }: CutText): number =>
  [...between, ...atTag].reduce((sum, text) => sum + text.length, 0);

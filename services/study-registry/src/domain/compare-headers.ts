import { type DicomJson, type DicomJsonElement, keywordOf } from '@yinglian/dicom';

export interface Difference {
  /** `GGGGEEEE`. */
  readonly tag: string;
  /** Null for a private element. */
  readonly keyword: string | null;
  /** As people read it; null where the element is absent or empty. */
  readonly first: string | null;
  readonly other: string | null;
}

const LONGEST_VALUE = 160;

/** What two versions of an instance say differently before their pixels, in the order of tags. */
export function compareHeaders(first: DicomJson, other: DicomJson): Difference[] {
  const tags = [...new Set([...Object.keys(first), ...Object.keys(other)])].sort();
  return tags
    .filter((tag) => JSON.stringify(contentOf(first[tag])) !== JSON.stringify(contentOf(other[tag])))
    .map((tag) => ({
      tag,
      keyword: keywordOf(tag) ?? null,
      first: shown(first[tag]),
      other: shown(other[tag]),
    }));
}

/** Without the VR: explicit and implicit transfer syntaxes may name it differently. */
const contentOf = (element: DicomJsonElement | undefined) => element?.Value ?? element?.InlineBinary ?? null;

function shown(element: DicomJsonElement | undefined): string | null {
  if (element?.InlineBinary !== undefined) return `(${Buffer.from(element.InlineBinary, 'base64').length} B)`;
  if (element?.Value === undefined) return null;
  const text = element.vr === 'SQ' ? `(${element.Value.length} ×)` : element.Value.map(textOf).join('\\');
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  return Object.values(value).join('=');
}

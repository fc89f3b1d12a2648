/** One media range of an Accept header, as DICOMweb extends it (PS3.18 section 8.7). */
export interface AcceptedType {
  /** Asked for as `multipart/related; type=…`. */
  readonly multipart: boolean;
  /** `application/dicom`, `image/*`, `*\/*`; of the parts where it is multipart. */
  readonly type: string;
  /** A UID or `*`; null when nothing is said. */
  readonly transferSyntax: string | null;
}

/** What could be answered. */
export interface OfferedType {
  readonly multipart: boolean;
  readonly type: string;
  readonly transferSyntaxUid?: string;
}

const LONGEST_HEADER = 8 * 1024;

/** The accepted types, the most wanted first. A missing header accepts everything. */
export function readAccept(header: string | undefined): readonly AcceptedType[] {
  const text = (header ?? '').slice(0, LONGEST_HEADER).trim() || '*/*';
  return splitOutsideQuotes(text, ',')
    .map(readRange)
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ accepted }) => accepted);
}

function readRange(text: string): { accepted: AcceptedType; quality: number } {
  const [type = '', ...rest] = splitOutsideQuotes(text, ';').map((part) => part.trim());
  const parameters = new Map(
    rest.map((part) => {
      const at = part.indexOf('=');
      return [
        part.slice(0, at).trim().toLowerCase(),
        part
          .slice(at + 1)
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      ] as const;
    }),
  );
  const multipart = type.toLowerCase() === 'multipart/related' || type.toLowerCase() === 'multipart/*';
  const quality = Number(parameters.get('q') ?? 1);
  return {
    accepted: {
      multipart,
      type: (multipart ? (parameters.get('type') ?? '*/*') : type).toLowerCase(),
      transferSyntax: parameters.get('transfer-syntax') ?? null,
    },
    quality: Number.isFinite(quality) ? quality : 0,
  };
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts = [''];
  let quoted = false;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    if (sign === separator && !quoted) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts.filter((part) => part.trim() !== '');
}

/** Whether an accepted type takes an offered one. `*\/*` alone takes single parts and multipart alike. */
export function takes(accepted: AcceptedType, offered: OfferedType): boolean {
  if (accepted.multipart !== offered.multipart && !(accepted.type === '*/*' && !accepted.multipart)) return false;
  if (!takesTransferSyntax(accepted, offered)) return false;
  return (
    accepted.type === '*/*' || accepted.type === offered.type || accepted.type === `${offered.type.split('/')[0]}/*`
  );
}

/** Nothing said means as it is stored: files come back as they were sent (ADR 0004). */
const takesTransferSyntax = ({ transferSyntax }: AcceptedType, { transferSyntaxUid }: OfferedType) =>
  transferSyntax === null ||
  transferSyntax === '*' ||
  transferSyntaxUid === undefined ||
  transferSyntax === transferSyntaxUid;

/** The first offered type that the most wanted accepted one takes. */
export function choose<Offered extends OfferedType>(
  accepted: readonly AcceptedType[],
  offered: readonly Offered[],
): Offered | undefined {
  for (const wanted of accepted) {
    const found = offered.find((offer) => takes(wanted, offer));
    if (found !== undefined) return found;
  }
  return undefined;
}

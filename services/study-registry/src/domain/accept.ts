/** One media range of an Accept header, as DICOMweb extends it (PS3.18 section 8.7). */
export interface AcceptedType {
  /** Asked for as `multipart/related; type=…`. */
  readonly multipart: boolean;
  /** `application/dicom`, `image/*`, `*\/*`; of the parts where it is multipart. */
  readonly type: string;
  /** A UID or `*`; null when nothing is said. */
  readonly transferSyntax: string | null;
  /** 0 for the most wanted ones; those of one rank are equally welcome. */
  readonly rank: number;
}

/** What could be answered. */
export interface OfferedType {
  readonly multipart: boolean;
  readonly type: string;
  readonly transferSyntaxUid?: string;
  /** It would have to be made: of equally welcome types, what is stored comes first. */
  readonly isMade?: boolean;
}

const LONGEST_HEADER = 8 * 1024;

/**
 * The accepted types, the most wanted first (PS3.18 section 8.7.8.1): those of the query parameter `accept`, then those of the
 * header. Where there is neither, everything is accepted.
 */
export function readAccept(header: string | undefined, parameter?: string): readonly AcceptedType[] {
  const fromParameter = rangesOf(parameter ?? '');
  const ranks = new Set(fromParameter.map(({ rank }) => rank)).size;
  const missing = parameter === undefined ? '*/*' : '';
  const fromHeader = rangesOf((header ?? '').trim() || missing);
  return [...fromParameter, ...fromHeader.map((accepted) => ({ ...accepted, rank: accepted.rank + ranks }))];
}

function rangesOf(text: string): AcceptedType[] {
  const ranges = splitOutsideQuotes(text.slice(0, LONGEST_HEADER), ',')
    .map(readRange)
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  const qualities = [...new Set(ranges.map(({ quality }) => quality))];
  return ranges.map(({ accepted, quality }) => ({ ...accepted, rank: qualities.indexOf(quality) }));
}

function readRange(text: string): { accepted: Omit<AcceptedType, 'rank'>; quality: number } {
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

/** Nothing said means as it is stored: files come back as they were sent (ADR 0004). Another syntax is made for who names it. */
function takesTransferSyntax({ transferSyntax }: AcceptedType, { transferSyntaxUid, isMade = false }: OfferedType) {
  if (transferSyntaxUid === undefined || transferSyntax === transferSyntaxUid) return true;
  return !isMade && (transferSyntax === null || transferSyntax === '*');
}

/** The first offered type that one of the most wanted accepted ones takes; what is stored before what would have to be made. */
export function choose<Offered extends OfferedType>(
  accepted: readonly AcceptedType[],
  offered: readonly Offered[],
): Offered | undefined {
  const stored = offered.filter(({ isMade }) => isMade !== true);
  const made = offered.filter(({ isMade }) => isMade === true);
  for (const rank of new Set(accepted.map((wanted) => wanted.rank))) {
    const wanted = accepted.filter((each) => each.rank === rank);
    const found = firstTaken(wanted, stored) ?? firstTaken(wanted, made);
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstTaken<Offered extends OfferedType>(wanted: readonly AcceptedType[], offered: readonly Offered[]) {
  for (const each of wanted) {
    const found = offered.find((offer) => takes(each, offer));
    if (found !== undefined) return found;
  }
  return undefined;
}

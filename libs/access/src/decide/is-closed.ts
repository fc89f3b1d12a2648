/** What a patient said of sharing, while it is in force. */
export interface Statement {
  /** Whose it is; of a consent that was given while several persons were one there is one for each of them. */
  readonly personId: string;
  readonly closes: boolean;
  /** Null: all studies. */
  readonly studyUid: string | null;
  /** Null: all hospitals but the one that made a study. */
  readonly receiver: string | null;
  readonly saidAt: Date;
  /** Of an opening: from then on it is not in force. Null: no end; a closing has none. */
  readonly endsAt: Date | null;
}

export interface Sharing {
  readonly studyInstanceUid: string | null;
  /** The hospital that asks; null: one that nothing names. */
  readonly receiver: string | null;
}

/**
 * Whether the study is closed to the hospital. What was closed stays so until the same person says later, and at least as exactly,
 * that it is open; of those who are one each closes for all (ADR 0055).
 */
export function isClosed(statements: readonly Statement[], { studyInstanceUid, receiver }: Sharing): boolean {
  const about = statements.filter((said) => covers(said.studyUid, studyInstanceUid) && covers(said.receiver, receiver));
  const opening = about.filter(({ closes }) => !closes);
  return about.some((closing) => closing.closes && !opening.some((open) => yields(closing, open)));
}

/** Those that have not ended by themselves. Only openings do: with time alone nothing that was closed opens (ADR 0062). */
export const lasting = <Said extends Statement>(statements: readonly Said[], at: Date): Said[] =>
  statements.filter(({ endsAt }) => endsAt === null || endsAt > at);

/** When an open study closes because an opening ends; null: it does not, or it is closed already. */
export function closesAt(statements: readonly Statement[], sharing: Sharing): Date | null {
  if (isClosed(statements, sharing)) return null;
  const ends = statements
    .flatMap(({ endsAt }) => endsAt ?? [])
    .toSorted((one, other) => one.getTime() - other.getTime());
  return ends.find((end) => isClosed(lasting(statements, end), sharing)) ?? null;
}

const covers = (said: string | null, asked: string | null) => said === null || said === asked;

const yields = (closing: Statement, open: Statement) =>
  open.personId === closing.personId &&
  open.saidAt > closing.saidAt &&
  covers(closing.studyUid, open.studyUid) &&
  covers(closing.receiver, open.receiver);

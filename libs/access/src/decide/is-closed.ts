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

const covers = (said: string | null, asked: string | null) => said === null || said === asked;

const yields = (closing: Statement, open: Statement) =>
  open.personId === closing.personId &&
  open.saidAt > closing.saidAt &&
  covers(closing.studyUid, open.studyUid) &&
  covers(closing.receiver, open.receiver);

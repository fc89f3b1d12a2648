/** What images say of the exam that they belong to; empty where they say nothing. */
export interface StudyNumbers {
  readonly studyInstanceUid: string;
  readonly accessionNumber: string;
  /** Requested Procedure ID (0040,1001), Placer (0040,2016) and Filler (0040,2017) Order Number. */
  readonly orderNumbers: readonly string[];
  readonly patientId: string;
  readonly patientIssuer: string;
  readonly modality: string;
  /** Study Date (0008,0020), YYYYMMDD. */
  readonly studyDate: string;
}

/** With what tells a person one study from another. */
export interface DescribedStudy extends StudyNumbers {
  /** Study Time (0008,0030) as received. */
  readonly studyTime: string;
  /** Study Description (0008,1030). */
  readonly description: string;
}

/** An exam as far as images may be joined to it. */
export interface JoinableExam {
  readonly examId: number;
  readonly accessionNumber: string | null;
  readonly placerOrderNumber: string | null;
  readonly fillerOrderNumber: string | null;
  readonly studyInstanceUid: string | null;
  readonly patientId: string;
  readonly patientIssuer: string;
  readonly modality: string | null;
  /** YYYYMMDD where the hospital is, on which it was performed, or else ordered. */
  readonly day: string | null;
  readonly isCancelled: boolean;
}

export const JOIN_RULES = ['ACCESSION_NUMBER', 'STUDY_UID', 'ORDER_NUMBER'] as const;
export type JoinRule = (typeof JOIN_RULES)[number];

export type Join =
  | { readonly kind: 'joined'; readonly examId: number; readonly rule: JoinRule | 'PERSON' }
  /** Several exams by one rule: none of them. */
  | { readonly kind: 'ambiguous'; readonly rule: JoinRule; readonly examIds: readonly number[] }
  /** Same patient, modality and day: for a person to decide. */
  | { readonly kind: 'suggested'; readonly examIds: readonly number[] }
  | { readonly kind: 'alone' };

/** Which exam the images of a study belong to: the first rule that finds any exam decides. */
export function joinImages(study: StudyNumbers, exams: readonly JoinableExam[]): Join {
  const ofTheTime = exams.filter((exam) => isOfTheTime(study, exam));
  for (const rule of JOIN_RULES) {
    const agreeing = ofTheTime.filter((exam) => AGREE[rule](study, exam));
    const found = narrowed(agreeing, study);
    const [only, ...others] = found;
    if (only !== undefined && others.length === 0) return { kind: 'joined', examId: only.examId, rule };
    if (only !== undefined) return { kind: 'ambiguous', rule, examIds: found.map(({ examId }) => examId) };
  }
  const examIds = exams.filter((exam) => isAlike(study, exam)).map(({ examId }) => examId);
  return examIds.length === 0 ? { kind: 'alone' } : { kind: 'suggested', examIds };
}

const AGREE: Readonly<Record<JoinRule, (study: StudyNumbers, exam: JoinableExam) => boolean>> = {
  ACCESSION_NUMBER: ({ accessionNumber }, exam) => accessionNumber !== '' && accessionNumber === exam.accessionNumber,
  STUDY_UID: ({ studyInstanceUid }, exam) => studyInstanceUid === exam.studyInstanceUid,
  ORDER_NUMBER: ({ orderNumbers }, exam) =>
    [exam.placerOrderNumber, exam.fillerOrderNumber].some((number) => number !== null && orderNumbers.includes(number)),
};

/** Numbers are used again after years: half a year lies between no order and its images. */
const LONGEST_MS = 183 * 24 * 3_600_000;
const instantOf = (day: string) => Date.parse(day.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));

/** What does not say when, is of any time. */
const isOfTheTime = (study: StudyNumbers, { day }: JoinableExam) =>
  day === null || !(Math.abs(instantOf(day) - instantOf(study.studyDate)) > LONGEST_MS);

/**
 * Several systems of one hospital may give the same number, and some give one to all orders of a visit. What is cancelled or
 * another patient's counts only where nothing else is left; then the study's own UID decides, then the modality.
 */
function narrowed(found: readonly JoinableExam[], study: StudyNumbers): readonly JoinableExam[] {
  const preferences: ((exam: JoinableExam) => boolean)[] = [
    (exam) => !exam.isCancelled,
    (exam) => isSamePatient(study, exam),
    (exam) => exam.studyInstanceUid === study.studyInstanceUid,
    (exam) => exam.modality === study.modality,
  ];
  return preferences.reduce<readonly JoinableExam[]>((left, isPreferred) => {
    const preferred = left.filter(isPreferred);
    return preferred.length === 0 ? left : preferred;
  }, found);
}

const isSamePatient = (study: StudyNumbers, exam: JoinableExam) =>
  study.patientId === exam.patientId && (study.patientIssuer === '' || study.patientIssuer === exam.patientIssuer);

const isAlike = (study: StudyNumbers, exam: JoinableExam) =>
  study.patientId !== '' &&
  isSamePatient(study, exam) &&
  !exam.isCancelled &&
  exam.modality === study.modality &&
  exam.day !== null &&
  exam.day === study.studyDate;

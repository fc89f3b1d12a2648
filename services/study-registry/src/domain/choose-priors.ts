import { regionsOfFirst } from './body-regions.js';

/** An exam that was ordered for a visitor. */
export interface OrderedExam {
  /** Empty when it is not known. */
  readonly modality: string;
  readonly regions: readonly string[];
}

export interface PriorStudy {
  readonly modalities: readonly string[];
  /** Body Part Examined (0018,0015) of its series. */
  readonly body_parts: readonly string[];
  readonly description: string;
}

/** How near a prior is to what was ordered; the lowest is the nearest. */
export const RELEVANCE = { sameRegionAndModality: 0, sameRegion: 1, sameModality: 2, other: 3 } as const;
export type Relevance = number;

export interface ChosenPrior<Study> {
  readonly study: Study;
  readonly relevance: Relevance;
}

/**
 * So many priors, the nearest to what was ordered first and as near ones in their order. Each exam has its nearest among them, in
 * turn, before any has its second; what room is left is for priors that are like no exam.
 * @param studies the newest first
 * @param exams the latest first
 */
export function choosePriors<Study extends PriorStudy>(
  studies: readonly Study[],
  exams: readonly OrderedExam[],
  limit: number,
): ChosenPrior<Study>[] {
  const likeExams = exams.map((exam) =>
    rank(studies, [exam]).flatMap(({ study, relevance }) => (relevance === RELEVANCE.other ? [] : [study])),
  );
  const chosen = new Set([...new Set([...inTurn(likeExams), ...studies])].slice(0, limit));
  return rank(
    studies.filter((study) => chosen.has(study)),
    exams,
  );
}

const rank = <Study extends PriorStudy>(studies: readonly Study[], exams: readonly OrderedExam[]) =>
  studies
    .map((study) => ({ study, relevance: relevanceOf(study, exams) }))
    .toSorted((one, other) => one.relevance - other.relevance);

/** The first of each list, then the second of each, and so on. */
function inTurn<Item>(lists: readonly (readonly Item[])[]): Item[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) => lists.flatMap((list) => list.slice(place, place + 1))).flat();
}

const relevanceOf = (study: PriorStudy, exams: readonly OrderedExam[]): Relevance =>
  Math.min(RELEVANCE.other, ...exams.map((exam) => relevanceTo(study, exam)));

function relevanceTo({ modalities, body_parts, description }: PriorStudy, exam: OrderedExam): Relevance {
  const isSameRegion = regionsOfFirst([body_parts.join(' '), description]).some((region) =>
    exam.regions.includes(region),
  );
  const isSameModality =
    exam.modality !== '' && modalities.some((modality) => kindOf(modality) === kindOf(exam.modality));
  if (isSameRegion) return isSameModality ? RELEVANCE.sameRegionAndModality : RELEVANCE.sameRegion;
  return isSameModality ? RELEVANCE.sameModality : RELEVANCE.other;
}

/** Names of one kind of image: plain X-rays are CR or DX by their detector (PS3.3 section C.7.3.1.1.1), and DR in many HIS. */
const KINDS: Readonly<Record<string, string>> = {
  CR: 'X-RAY',
  DX: 'X-RAY',
  DR: 'X-RAY',
  RG: 'X-RAY',
  MRI: 'MR',
  PET: 'PT',
};
const kindOf = (modality: string): string => KINDS[modality.toUpperCase()] ?? modality.toUpperCase();

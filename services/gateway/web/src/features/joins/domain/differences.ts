import type { ListedJoin } from '../../../../../src/storage/listed-join.store.js';

export interface Difference {
  readonly what: 'cancelled' | 'otherPatient' | 'otherNumber' | 'otherModality' | 'otherCount' | 'hasStudies';
  readonly count: number;
}

/** What speaks against a study being of an exam. */
export function differencesOf(study: ListedJoin, exam: ListedJoin['candidates'][number]): Difference[] {
  const isOtherNumber = study.accessionNumber !== '' && exam.accessionNumber !== study.accessionNumber;
  const found: readonly (readonly [Difference['what'], boolean, number])[] = [
    ['cancelled', exam.isCancelled, 1],
    ['otherPatient', !exam.isSamePatient, 1],
    ['otherNumber', isOtherNumber, 1],
    ['otherModality', exam.modality !== null && exam.modality !== study.modality, 1],
    ['otherCount', exam.imageCount !== null && exam.imageCount !== study.received, exam.imageCount ?? 0],
    ['hasStudies', exam.studies > 0, exam.studies],
  ];
  return found.flatMap(([what, isSo, count]) => (isSo ? [{ what, count }] : []));
}

import type { PacsAssociation } from '../ask-pacs/pacs-association.js';
import type { FoundStudy, StudyFilter } from '../ask-pacs/study-search.js';
import { halves, WHOLE_DAY } from '../domain/backfill-plan.js';

export interface FoundDay {
  readonly studies: readonly (FoundStudy & { readonly instances: number })[];
  /** Why some may be missing. */
  readonly problem: string | null;
}

/**
 * The studies of one day, also of a PACS that gives few answers at once: then by parts of the day, down to a minute.
 * Rejects as the association does.
 */
export async function searchDay(
  association: PacsAssociation,
  studyDate: string,
  {
    maximumAnswers,
    modalities,
  }: { readonly maximumAnswers: number; readonly modalities?: readonly string[] | undefined },
): Promise<FoundDay> {
  const found = new Map<string, FoundStudy>();
  let problem: string | null = null;
  const ask = async (filter: StudyFilter): Promise<void> => {
    const { studies, isWhole } = await association.findStudies(filter, maximumAnswers);
    for (const study of studies) found.set(study.studyInstanceUid, study);
    if (isWhole) return;
    const parts = halves(filter.studyTime ?? WHOLE_DAY);
    if (parts === undefined) problem = `More than ${studies.length} studies within a minute`;
    else for (const studyTime of parts) await ask({ ...filter, studyTime });
  };
  // An optional key: a PACS that does not know it answers with all (PS3.4 section C.2.2.1.3).
  if (modalities === undefined) await ask({ studyDate });
  else for (const modality of modalities) await ask({ studyDate, modality });
  const studies: FoundDay['studies'][number][] = [];
  for (const study of found.values()) {
    const instances = study.instances ?? (await association.countInstances(study.studyInstanceUid));
    studies.push({ ...study, instances });
  }
  return { studies, problem };
}

import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, type AccessRequest, actorOf } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { boundedInTime } from '../find-studies/bounded-in-time.js';
import { listed } from '../open-study/about-study.js';
import { ImagingStudyStore } from '../storage/imaging-study.store.js';
import type { StudyRow } from '../storage/study-row.js';
import { registryProblems } from '../study-registry.errors.js';
import { ExchangeSettings } from './exchange-settings.js';
import { findNamedStudies } from './find-named-studies.js';
import { findTreatedStudies } from './find-treated-studies.js';
import type { ImagingSearch, Order } from './imaging-search.js';
import { NarrowByContents } from './narrow-by-contents.js';
import { startedTest } from './started-test.js';

export interface FoundImagingStudies {
  readonly studies: readonly StudyRow[];
  /** Where the next page begins; null on the last one. */
  readonly next: number | null;
  /** Null where it would have to be counted. */
  readonly total: number | null;
}

/** Studies as ImagingStudies: found by whom, and recorded, as those of DICOMweb's searches are (ADR 0005). */
@Injectable()
export class FindImagingStudiesHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    private readonly contents: NarrowByContents,
    private readonly settings: ExchangeSettings,
  ) {}

  /** Failures: the refusal's 403; IMAGING_SEARCH_TOO_WIDE, SEARCH_TOO_BROAD. A page may be shorter than asked: what is objected to is left out. */
  async execute(caller: PersonPrincipal, search: ImagingSearch): Promise<Result<FoundImagingStudies>> {
    const found = await boundedInTime(() =>
      this.access.authorizeWhile(aboutSearch(caller, search), { query: search.query }, () =>
        search.keys.length === 0 ? this.amongTreated(caller, search) : this.amongNamed(caller, search),
      ),
    );
    return found.ok ? found.value : found;
  }

  private async amongTreated(caller: PersonPrincipal, search: ImagingSearch): Promise<Result<FoundImagingStudies>> {
    const holds = this.testOf(search);
    const found = await findTreatedStudies(
      this.database,
      caller.hospital ?? '',
      search,
      holds,
      this.settings.utcOffset,
    );
    if (search.summary === 'count' && found.next !== null) return failure(registryProblems.IMAGING_SEARCH_TOO_WIDE);
    const studies = await this.visible(caller, found.studies);
    const isWhole = found.next === null && search.offset === 0;
    return success({ ...found, studies, total: isWhole ? studies.length : null });
  }

  private async amongNamed(caller: PersonPrincipal, search: ImagingSearch): Promise<Result<FoundImagingStudies>> {
    const named = await findNamedStudies(this.database, search.keys);
    if (named === null) return failure(registryProblems.IMAGING_SEARCH_TOO_WIDE);
    const visible = await this.visible(caller, named.filter(this.testOf(search)));
    const ordered = await this.inOrder(visible, search);
    const narrowed = await this.contents.narrow(ordered, search);
    if (!narrowed.ok) return narrowed;
    const { offset, count } = search;
    const end = offset + count;
    const total = narrowed.value.length;
    return success({ studies: narrowed.value.slice(offset, end), next: end < total ? end : null, total });
  }

  private testOf({ tests, started }: ImagingSearch) {
    const all = [...tests, ...started.map((test) => startedTest(test, (study) => this.settings.zoneOf(study)))];
    return (study: StudyRow) => all.every((holds) => holds(study));
  }

  private async visible(caller: PersonPrincipal, studies: readonly StudyRow[]): Promise<StudyRow[]> {
    const listing = studies.map((study) => ({ ...listed(study), study }));
    return (await this.access.visible(actorOf(caller), listing)).map(({ study }) => study);
  }

  /** Studies that changed when it is asked for, in the order that is asked for; they come newest first. */
  private async inOrder(studies: readonly StudyRow[], { updated, order }: ImagingSearch): Promise<StudyRow[]> {
    if (order === '-started' && updated.length === 0) return [...studies];
    const at = await new ImagingStudyStore(this.database).updated(studies.map(({ study_uid: uid }) => uid));
    const changed = studies.map((study) => ({ study, ms: at.get(study.study_uid)?.getTime() ?? 0 }));
    const kept = changed.filter(({ ms }) => updated.every(({ holds }) => holds({ from: ms, to: ms + 1 })));
    return sorted(kept, order).map(({ study }) => study);
  }
}

function sorted<Changed extends { readonly ms: number }>(newestFirst: readonly Changed[], order: Order): Changed[] {
  if (order === '-started') return [...newestFirst];
  if (order === 'started') return newestFirst.toReversed();
  return newestFirst.toSorted((a, b) => (order === '_lastUpdated' ? a.ms - b.ms : b.ms - a.ms));
}

/** What is recorded as asked for: a person or a study, where one is named. */
function aboutSearch(caller: PersonPrincipal, { keys }: ImagingSearch): AccessRequest {
  const only = keys.flatMap((any) => (any.length === 1 ? any : []));
  const person = only.find((key) => key.kind === 'person');
  const study = only.find((key) => key.kind === 'study');
  return {
    actor: actorOf(caller),
    action: 'study.search',
    personId: person?.personId ?? null,
    studyInstanceUid: study?.uid ?? null,
    ownerHospital: null,
  };
}

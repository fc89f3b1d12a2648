import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, type AccessRequest, type Actor, actorOf, personGroup } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { malformedKey } from '../domain/match-keys.js';
import type { Search } from '../domain/search-keys.js';
import { listed } from '../open-study/about-study.js';
import { OpenStudyHandler } from '../open-study/open-study.handler.js';
import type { StudyRow } from '../storage/study-row.js';
import { findStudies } from '../storage/study-search.js';
import { registryProblems } from '../study-registry.errors.js';
import { boundedInTime } from './bounded-in-time.js';
import type { PageStart } from './search-pages.js';
import { placeOf } from './study-place.js';
import { namesSomebody, type StudyQuery, studyQueryOf } from './study-query.js';

const STUDIES_AT_ONCE = 101;
/** That one request looks through at most for their series or instances. */
export const STUDIES_LOOKED_THROUGH = 2_020;

/** Looks at the series or instances of studies. Returns whether to go on. */
export type Visit = (studies: readonly StudyRow[]) => Promise<boolean>;

/** Goes through the studies in which series or instances are searched for, once the search is decided and recorded (ADR 0005). */
@Injectable()
export class WalkStudies {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    private readonly openStudy: OpenStudyHandler,
  ) {}

  /** Of one study. Failures: QUERY_INVALID, the refusal's 403, STUDY_NOT_FOUND. */
  async ofStudy(caller: PersonPrincipal, studyUid: string, search: Search, visit: Visit): Promise<Result<null>> {
    const query = readQuery(search);
    if (!query.ok) return query;
    const opened = await this.openStudy.find(caller, studyUid, askedOf(search));
    if (!opened.ok) return opened;
    const { studyUids = [studyUid], ...others } = query.value;
    const isMeant = studyUids.includes(studyUid) && (await this.matches(opened.value, others));
    if (isMeant) await visit([opened.value]);
    return success(null);
  }

  /**
   * Across the province, in the order of every list, from the page's beginning. Failures: QUERY_INVALID, the refusal's 403, SEARCH_TOO_BROAD.
   */
  async ofProvince(caller: PersonPrincipal, search: Search, start: PageStart, visit: Visit): Promise<Result<null>> {
    const read = readQuery(search);
    if (!read.ok) return read;
    const query = read.value;
    const actor = actorOf(caller);
    const treatedBy = namesSomebody(query) ? null : (caller.hospital ?? '');
    const asked = { query: askedOf(search) };
    const walked = await boundedInTime(() =>
      this.access.authorizeWhile(aboutQuery(actor, query), asked, async () =>
        this.walk(actor, await this.withAllWhoAreOne(query), treatedBy, start, visit),
      ),
    );
    if (!walked.ok) return walked;
    return walked.value ? success(null) : failure(registryProblems.SEARCH_TOO_BROAD);
  }

  private async walk(actor: Actor, query: StudyQuery, treatedBy: string | null, start: PageStart, visit: Visit) {
    let { after } = start;
    for (let looked = 0; looked < STUDIES_LOOKED_THROUGH; looked += STUDIES_AT_ONCE) {
      const behind = after === undefined ? query : { ...query, after };
      const page = { limit: STUDIES_AT_ONCE, offset: 0, treatedBy };
      const found = await findStudies(this.database, behind, page);
      const visible = await this.access.visible(
        actor,
        found.map((study) => ({ ...listed(study), study })),
      );
      const goesOn = await visit(visible.map(({ study }) => study));
      const last = found.at(-1);
      if (!goesOn || last === undefined || found.length < STUDIES_AT_ONCE) return true;
      after = placeOf(last);
    }
    return false;
  }

  private async matches(study: StudyRow, query: StudyQuery): Promise<boolean> {
    const { seriesUids: _, seriesModalities: __, ...ofStudy } = query;
    if (Object.keys(ofStudy).length === 0) return true;
    const asked = { ...(await this.withAllWhoAreOne(ofStudy)), studyUids: [study.study_uid] };
    return (await findStudies(this.database, asked, { limit: 1, offset: 0, treatedBy: null })).length === 1;
  }

  /** An id that another stands for now finds what the survivor's finds (ADR 0026). */
  private async withAllWhoAreOne(query: StudyQuery): Promise<StudyQuery> {
    const asked = query.personIds?.[0];
    return asked === undefined ? query : { ...query, personIds: await personGroup(this.database, asked) };
  }
}

/** What the record says of a search: which attributes it is by, and which it asks for; never a value. */
export const askedOf = ({ keys, included }: Search): string[] => [
  ...new Set([...keys.keys(), ...(included === 'all' ? ['all'] : included)]),
];

/** Failure: QUERY_INVALID. */
export function readQuery(search: Search): Result<StudyQuery> {
  const query = studyQueryOf(search);
  const wrong = typeof query === 'string' ? query : malformedKey(search.keys, search);
  return typeof query === 'string' || wrong !== undefined
    ? failure(registryProblems.QUERY_INVALID, `The value of ${wrong} is wrong`)
    : success(query);
}

export const aboutQuery = (actor: Actor, { personIds, studyUids }: StudyQuery): AccessRequest => ({
  actor,
  action: 'study.search',
  personId: personIds?.[0] ?? null,
  studyInstanceUid: studyUids?.length === 1 ? (studyUids[0] ?? null) : null,
  ownerHospital: null,
});

import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, type AccessRequest, actorOf, personGroup } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result } from '@yinglian/platform';
import type { Search } from '../domain/search-keys.js';
import { listed } from '../open-study/about-study.js';
import type { StudyRow } from '../storage/study-row.js';
import { findStudies } from '../storage/study-search.js';
import { registryProblems } from '../study-registry.errors.js';
import { namesSomebody, type StudyQuery, studyQueryOf } from './study-query.js';

export interface FoundStudies {
  readonly studies: readonly StudyRow[];
  /** There are more behind this page. */
  readonly more: boolean;
}

/** Studies across the province: of somebody in particular all, else of those whom the caller's hospital treats (ADR 0005). */
@Injectable()
export class FindStudiesHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
  ) {}

  /** Failures: QUERY_INVALID; the refusal's 403. A page may be shorter than asked: what is objected to is left out. */
  async execute(caller: PersonPrincipal, search: Search): Promise<Result<FoundStudies>> {
    const query = studyQueryOf(search);
    if (typeof query === 'string') return failure(registryProblems.QUERY_INVALID, `The value of ${query} is wrong`);
    const request = aboutQuery(caller, query);
    const treatedBy = namesSomebody(query) ? null : (caller.hospital ?? '');
    return this.access.authorizeWhile(request, { query: [...search.keys.keys()] }, async () => {
      const wanted = await this.withAllWhoAreOne(query);
      const found = await findStudies(this.database, wanted, { ...search, limit: search.limit + 1, treatedBy });
      const page = found.slice(0, search.limit).map((study) => ({ ...listed(study), study }));
      const visible = await this.access.visible(request.actor, page);
      return { studies: visible.map(({ study }) => study), more: found.length > search.limit };
    });
  }

  /** An id that another stands for now finds what the survivor's finds (ADR 0026). */
  private async withAllWhoAreOne(query: StudyQuery): Promise<StudyQuery> {
    const asked = query.personIds?.[0];
    return asked === undefined ? query : { ...query, personIds: await personGroup(this.database, asked) };
  }
}

const aboutQuery = (caller: PersonPrincipal, { personIds, studyUids }: StudyQuery): AccessRequest => ({
  actor: actorOf(caller),
  action: 'study.search',
  personId: personIds?.[0] ?? null,
  studyInstanceUid: studyUids?.length === 1 ? (studyUids[0] ?? null) : null,
  ownerHospital: null,
});

import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, type Actor, actorOf, personGroup } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import type { PersonPrincipal, Result } from '@yinglian/platform';
import type { Search } from '../domain/search-keys.js';
import { listed } from '../open-study/about-study.js';
import type { StudyResultRow } from '../storage/study-row.js';
import { listStudies } from '../storage/study-search.js';
import { boundedInTime } from './bounded-in-time.js';
import { SearchPages } from './search-pages.js';
import { placeOf } from './study-place.js';
import { namesSomebody, type StudyQuery } from './study-query.js';
import { aboutQuery, askedOf, readQuery } from './walk-studies.js';

export interface FoundStudies {
  readonly studies: readonly StudyResultRow[];
  /** There are more behind this page. */
  readonly more: boolean;
}

/** Studies across the province: of somebody in particular all, else of those whom the caller's hospital treats (ADR 0005). */
@Injectable()
export class FindStudiesHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    private readonly pages: SearchPages,
  ) {}

  /** Failures: QUERY_INVALID; the refusal's 403; SEARCH_TOO_BROAD. A page may be shorter than asked: what is objected to is left out. */
  async execute(caller: PersonPrincipal, search: Search): Promise<Result<FoundStudies>> {
    const query = readQuery(search);
    if (!query.ok) return query;
    const actor = actorOf(caller);
    const request = aboutQuery(actor, query.value);
    const treatedBy = namesSomebody(query.value) ? null : (caller.hospital ?? '');
    const asked = { query: askedOf(search) };
    return boundedInTime(() =>
      this.access.authorizeWhile(request, asked, async () => {
        const { after, skip: offset } = this.pages.start(actor, 'studies', search);
        const wanted = await this.withAllWhoAreOne({ ...query.value, ...(after === undefined ? {} : { after }) });
        const finding = listStudies(this.database, wanted, { limit: search.limit + 1, offset, treatedBy });
        const visible = await this.access.visible(
          actor,
          finding.then((found) => found.slice(0, search.limit).map((study) => ({ ...listed(study), study }))),
        );
        const found = await finding;
        this.keepEnd(actor, search, found.slice(0, search.limit), visible.length);
        return { studies: visible.map(({ study }) => study), more: found.length > search.limit };
      }),
    );
  }

  /** The next page's offset is behind this page's limit, or behind the results that it shows. */
  private keepEnd(actor: Actor, search: Search, page: readonly StudyResultRow[], shown: number): void {
    const last = page.at(-1);
    if (last === undefined) return;
    for (const results of new Set([page.length, shown])) {
      this.pages.keep(actor, 'studies', search, results, { after: placeOf(last), skip: 0 });
    }
  }

  /** An id that another stands for now finds what the survivor's finds (ADR 0026). */
  private async withAllWhoAreOne(query: StudyQuery): Promise<StudyQuery> {
    const asked = query.personIds?.[0];
    return asked === undefined ? query : { ...query, personIds: await personGroup(this.database, asked) };
  }
}

import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, actorOf, personGroup } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import type { PersonPrincipal, Result } from '@yinglian/platform';
import { listed } from '../open-study/about-study.js';
import type { StudyRow } from '../storage/study-row.js';
import { findStudies } from '../storage/study-search.js';

/** Studies of one person that a timeline shows at most; nobody has had more. */
const STUDIES_AT_MOST = 2_000;
const NONE: ReadonlySet<string> = new Set();

export interface TimelineStudy {
  readonly study: StudyRow;
  /** Whether the caller may open it as things are. */
  readonly mayOpen: boolean;
  /** The patient closed it to other hospitals; the caller, of one of those, sees it by broken glass (ADR 0053). */
  readonly isClosed: boolean;
}

/** All that the province has of one person, newest first, by whichever of the ids that are one (ADR 0026). */
@Injectable()
export class ShowTimelineHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
  ) {}

  /** Failures: the refusal's 403. Someone unknown has no studies. */
  async execute(caller: PersonPrincipal, personId: string): Promise<Result<readonly TimelineStudy[]>> {
    const actor = actorOf(caller);
    const request = { actor, action: 'study.search' as const, personId, studyInstanceUid: null, ownerHospital: null };
    return this.access.authorizeWhile(request, { query: ['00100020'] }, async () => {
      const page = { limit: STUDIES_AT_MOST, offset: 0, treatedBy: null };
      const personIds = await personGroup(this.database, personId);
      const found = await findStudies(this.database, { personIds }, page);
      const visible = await this.access.visible(
        actor,
        found.map((study) => ({ ...listed(study), study })),
      );
      const opening = await this.access.wouldPermit(actor, visible);
      const byGlass = visible.filter(({ study }) => opening.get(study.study_uid)?.breakGlassId);
      const closed = byGlass.length === 0 ? NONE : await this.access.closed(byGlass, caller.hospital);
      return visible.map(({ study }) => ({
        study,
        mayOpen: opening.get(study.study_uid)?.permitted ?? false,
        isClosed: closed.has(study.study_uid),
      }));
    });
  }
}

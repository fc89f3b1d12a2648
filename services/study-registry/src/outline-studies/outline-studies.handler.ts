import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, actorOf, personGroup } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import type { PersonPrincipal, Result } from '@yinglian/platform';
import { listed } from '../open-study/about-study.js';
import type { StudyRow } from '../storage/study-row.js';
import { findStudies } from '../storage/study-search.js';

export interface StudyOutline {
  /** Newest first. */
  readonly studies: readonly StudyRow[];
  readonly leftOut: number;
}

const SHOWN_AT_MOST = 50;
const READ_AT_MOST = 500;

/** What a steward may know of a person's studies: to the decision point it is a look at who the person is. What they closed stays hidden. */
@Injectable()
export class OutlineStudiesHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
  ) {}

  /** Failures: the refusal's 403. Someone unknown has no studies. */
  async execute(caller: PersonPrincipal, personId: string): Promise<Result<StudyOutline>> {
    const actor = actorOf(caller);
    const request = { actor, action: 'person.read' as const, personId, studyInstanceUid: null, ownerHospital: null };
    return this.access.authorizeWhile(request, { query: ['studies'] }, async () => {
      const page = { limit: READ_AT_MOST, offset: 0, treatedBy: null };
      const found = await findStudies(this.database, { personIds: await personGroup(this.database, personId) }, page);
      const visible = await this.access.visible(
        actor,
        found.map((study) => ({ ...listed(study), study })),
      );
      const studies = visible.map(({ study }) => study);
      return { studies: studies.slice(0, SHOWN_AT_MOST), leftOut: Math.max(studies.length - SHOWN_AT_MOST, 0) };
    });
  }
}

import { Controller, Get, Query } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { HospitalCode } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { type ListedCase, listCases } from '../storage/quarantine-list.js';
import { aboutQuarantine, CaseId } from './about-quarantine.js';

const Page = z.strictObject({
  state: z.enum(['open', 'decided']).default('open'),
  hospital: HospitalCode.optional(),
  reason: z.enum(['SAME_UID_OTHER_BYTES', 'STUDY_OF_ANOTHER_HOSPITAL']).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: CaseId.optional(),
});

@Controller('api/study-registry/quarantine')
export class ListQuarantineController {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
  ) {}

  /** Cases, open ones oldest first, decided ones newest first. They name patients, so looking is recorded like any search. */
  @Get()
  @Allow({ roles: ['steward'] })
  async list(@Query({ schema: Page }) page: z.output<typeof Page>, @CallingPerson() caller: PersonPrincipal) {
    unwrap(await this.access.authorize(aboutQuarantine(caller, null), { query: ['quarantine'] }));
    const { state, hospital = null, reason = null, limit, cursor = null } = page;
    const found = await listCases(this.database, { state, hospital, reason, limit: limit + 1, after: cursor });
    const cases = found.slice(0, limit);
    return {
      cases: cases.map(caseJson),
      nextCursor: found.length > limit ? (cases.at(-1)?.caseId ?? null) : null,
    };
  }
}

const caseJson = ({ studyUid, seriesUid, version: _, openedAt, ...listed }: ListedCase) => ({
  ...listed,
  studyInstanceUid: studyUid,
  seriesInstanceUid: seriesUid,
  openedAt: openedAt.toISOString(),
});

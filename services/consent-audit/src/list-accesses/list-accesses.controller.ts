import { Controller, Get, Query } from '@nestjs/common';
import { AccessDecisionPoint, actorOf } from '@yinglian/access';
import { HospitalCode, Instant, PersonId, Uid } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, isPerson, type Principal, platformProblems, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { accessPage } from './access.store.js';

const AccessSearch = z.object({
  personId: PersonId.optional(),
  studyInstanceUid: Uid.optional(),
  actor: z.string().trim().min(1).max(100).optional(),
  hospital: HospitalCode.optional(),
  outcome: z.enum(['permit', 'deny']).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  cursor: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Who saw what, for auditors. Their own search is decided and recorded like any other. */
@Controller('api/consent-audit/accesses')
export class ListAccessesController {
  constructor(
    private readonly database: Database,
    private readonly access: AccessDecisionPoint,
  ) {}

  @Get()
  @Allow({ roles: ['auditor'] })
  async list(@Query({ schema: AccessSearch }) search: z.output<typeof AccessSearch>, @Caller() caller: Principal) {
    if (!isPerson(caller)) return unwrap(failure(platformProblems.ROLE_NOT_ALLOWED));
    const { cursor, limit, ...keys } = search;
    const query = Object.entries(keys).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    const asked = {
      personId: search.personId ?? null,
      studyInstanceUid: search.studyInstanceUid ?? null,
      ownerHospital: null,
    };
    unwrap(await this.access.authorize({ actor: actorOf(caller), action: 'audit.search', ...asked }, { query }));
    const items = await accessPage(this.database, { ...keys, before: cursor, limit });
    return { items, next: items.length === limit ? Number(items.at(-1)?.position) : null };
  }
}

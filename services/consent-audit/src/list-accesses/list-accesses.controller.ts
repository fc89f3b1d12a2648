import { Controller, Get, Query } from '@nestjs/common';
import { AccessDecisionPoint, actorOf, OWN_RECORD, personGroup } from '@yinglian/access';
import {
  AccessAction,
  DeedAction,
  HospitalCode,
  Instant,
  PersonId,
  PurposeOfUse,
  Role,
  SignInAction,
  Uid,
} from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, isPerson, type Principal, platformProblems, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { accessPage } from '../storage/access-page.js';
import { Cursor, nextOf } from './access-cursor.js';

const AccessSearch = z.object({
  personId: PersonId.optional(),
  studyInstanceUid: Uid.optional(),
  breakGlassId: z.uuid().optional().describe('What was looked at under it'),
  actor: z.string().trim().min(1).max(100).optional(),
  hospital: HospitalCode.optional(),
  outcome: z.enum(['permit', 'deny']).optional(),
  action: z.enum([...AccessAction.options, ...DeedAction.options, ...SignInAction.options]).optional(),
  purposeOfUse: PurposeOfUse.optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  cursor: Cursor.optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Who saw what, for auditors. Everybody may ask: the search is decided and recorded like any other, refusals too. */
@Controller('api/consent-audit/accesses')
export class ListAccessesController {
  constructor(
    private readonly database: Database,
    private readonly access: AccessDecisionPoint,
  ) {}

  @Get()
  @Allow({ roles: Role.options })
  async list(@Query({ schema: AccessSearch }) search: z.output<typeof AccessSearch>, @Caller() caller: Principal) {
    if (!isPerson(caller)) return unwrap(failure(platformProblems.ROLE_NOT_ALLOWED));
    const { cursor, limit, ...keys } = search;
    const { personId, ...otherKeys } = keys;
    const query = Object.entries(keys).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    const asked = {
      personId: personId ?? null,
      studyInstanceUid: search.studyInstanceUid ?? null,
      ownerHospital: null,
    };
    const actor = actorOf(caller);
    const { code } = unwrap(await this.access.authorize({ actor, action: 'audit.search', ...asked }, { query }));
    // Patients read of the looks at theirs without the names of who looked.
    if (code === OWN_RECORD) return unwrap(failure(platformProblems.ROLE_NOT_ALLOWED));
    // What was recorded of any of those who are one; the records themselves name whom they were about (ADR 0026).
    const personIds = personId === undefined ? undefined : await personGroup(this.database, personId);
    const items = await accessPage(this.database, { ...otherKeys, personIds, after: cursor, limit });
    return { items, next: nextOf(items, limit) };
  }
}

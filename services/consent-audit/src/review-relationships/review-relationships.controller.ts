import { Controller, Get, Query } from '@nestjs/common';
import { AccessDecisionPoint, actorOf, personGroup } from '@yinglian/access';
import { HospitalCode, PersonId, Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, isPerson, type Principal, platformProblems, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { relationshipPage } from '../storage/relationship-page.js';

const Cursor = z
  .string()
  .regex(/^\d{1,13}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .transform((cursor) => {
    const [at = '', relationshipId = ''] = cursor.split('_');
    return { declaredAt: new Date(Number(at)), relationshipId };
  });

const RelationshipSearch = z.object({
  personId: PersonId.optional(),
  hospital: HospitalCode.optional().describe('Of the clinician'),
  cursor: Cursor.optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Which clinicians declared relationships, and the reasons they gave, for auditors. The look is decided and recorded. */
@Controller('api/consent-audit/declared-relationships')
export class ReviewRelationshipsController {
  constructor(
    private readonly database: Database,
    private readonly access: AccessDecisionPoint,
  ) {}

  @Get()
  @Allow({ roles: Role.options })
  async list(
    @Query({ schema: RelationshipSearch }) search: z.output<typeof RelationshipSearch>,
    @Caller() caller: Principal,
  ) {
    if (!isPerson(caller)) return unwrap(failure(platformProblems.ROLE_NOT_ALLOWED));
    const { cursor, limit, personId, hospital } = search;
    const asked = { personId: personId ?? null, studyInstanceUid: null, ownerHospital: null };
    const query = ['declaredRelationships'];
    if (personId !== undefined) query.push('personId');
    if (hospital !== undefined) query.push('hospital');
    unwrap(await this.access.authorize({ actor: actorOf(caller), action: 'audit.search', ...asked }, { query }));
    const personIds = personId === undefined ? undefined : await personGroup(this.database, personId);
    const items = await relationshipPage(this.database, { personIds, hospital, after: cursor, limit });
    const last = items.length === limit ? items.at(-1) : undefined;
    return { items, next: last === undefined ? null : `${last.declaredAt.getTime()}_${last.relationshipId}` };
  }
}

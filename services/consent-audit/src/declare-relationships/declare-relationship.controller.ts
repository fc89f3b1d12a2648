import { Body, Controller, Post } from '@nestjs/common';
import { PersonId, Uid } from '@yinglian/contracts';
import { Allow, Caller, failure, isPerson, type Principal, platformProblems, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { DeclareRelationshipHandler } from './declare-relationship.handler.js';

const reason = z.string().trim().min(3).max(500).describe('Why, in the clinician’s own words');
const DeclarationBody = z.union([
  z.strictObject({ personId: PersonId, reason }),
  z.strictObject({ studyInstanceUid: Uid, reason }),
]);

@Controller('api/consent-audit/declared-relationships')
export class DeclareRelationshipController {
  constructor(private readonly declareRelationship: DeclareRelationshipHandler) {}

  @Post()
  @Allow({ roles: ['clinician'] })
  async declare(
    @Body({ schema: DeclarationBody }) body: z.output<typeof DeclarationBody>,
    @Caller() caller: Principal,
  ) {
    if (!isPerson(caller) || caller.hospital === null) return unwrap(failure(platformProblems.ROLE_NOT_ALLOWED));
    const { reason: given, ...about } = body;
    const clinician = { ...caller, hospital: caller.hospital };
    return unwrap(await this.declareRelationship.execute({ clinician, about, reason: given }));
  }
}

import { Body, Controller, Post } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Allow, CallingPerson, failure, type PersonPrincipal, platformProblems, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { CaseAccess } from '../decide-cases/case-access.js';
import { ComplainHandler } from './complain.handler.js';
import { OpenCaseHandler } from './open-case.handler.js';

const RECORDS_AT_MOST = 200;

const Complaint = z.strictObject({
  accessId: z.uuid().describe('A record about the patient'),
  reason: z.string().trim().min(3).max(500).describe('What is wrong, in the patient’s own words'),
});
const NewCase = z.strictObject({
  title: z.string().trim().min(3).max(500),
  accessIds: z.array(z.uuid()).min(1).max(RECORDS_AT_MOST).describe('The records that it is about'),
});
const CaseBody = z.union([Complaint, NewCase]);

@Controller('api/consent-audit/cases')
@Allow({ roles: Role.options })
export class OpenCasesController {
  constructor(
    private readonly access: CaseAccess,
    private readonly openCase: OpenCaseHandler,
    private readonly complain: ComplainHandler,
  ) {}

  /** An auditor opens a case from records; a patient says of one record about themselves what is wrong. */
  @Post()
  async open(@Body({ schema: CaseBody }) body: z.output<typeof CaseBody>, @CallingPerson() caller: PersonPrincipal) {
    const now = new Date();
    if ('accessId' in body) {
      if (!caller.roles.includes('patient')) return unwrap(failure(platformProblems.ROLE_NOT_ALLOWED));
      return unwrap(await this.complain.execute(body, caller, now));
    }
    unwrap(await this.access.decide(caller, null, 'case.open'));
    return unwrap(await this.openCase.execute({ origin: 'auditor', ...body }, caller, now));
  }
}

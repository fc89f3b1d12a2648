import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Instant, Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, failure, type PersonPrincipal, success, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { letterOf } from '../answer-cases/letter.js';
import { consentAuditProblems as problems } from '../consent-audit.errors.js';
import { CASE_STATES, CASE_VERDICTS } from '../domain/case.js';
import { nextCursor, PageCursor } from '../domain/page-cursor.js';
import { type AuditCase, casePage, caseStatistics, entriesOf, findCase } from '../storage/case.store.js';
import { recordsOfCase } from '../storage/case-records.js';
import { CaseAccess } from './case-access.js';
import { DecideCaseHandler } from './decide-case.handler.js';

const CaseSearch = z.object({
  state: z.enum(CASE_STATES).default('open'),
  cursor: PageCursor.optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const Period = z.object({ from: Instant, to: Instant });
const body = z.string().trim().min(1).max(4000);
const Entry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('note'), body }),
  z.strictObject({ kind: z.literal('verdict'), verdict: z.enum(CASE_VERDICTS), body }),
  z.strictObject({ kind: z.literal('answer'), body: body.describe('The letter as it goes to the patient') }),
]);
const CaseId = z.uuid();

/** For auditors. Everybody may ask: it is decided and recorded, refusals too. */
@Controller('api/consent-audit/cases')
@Allow({ roles: Role.options })
export class CasesController {
  constructor(
    private readonly database: Database,
    private readonly access: CaseAccess,
    private readonly decideCase: DecideCaseHandler,
  ) {}

  @Get()
  async list(
    @Query({ schema: CaseSearch }) search: z.output<typeof CaseSearch>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    unwrap(await this.access.decide(caller, null, 'cases'));
    const { cursor, ...filter } = search;
    const items = await casePage(this.database, { ...filter, after: cursor });
    const next = nextCursor(items, filter.limit, ({ openedAt, caseId }) => ({ at: openedAt, id: caseId }));
    return { items, next };
  }

  /** Of the cases opened in a time: how many of each origin, state and verdict, and after how many hours half of them were decided. */
  @Get('statistics')
  async statistics(
    @Query({ schema: Period }) { from, to }: z.output<typeof Period>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    unwrap(await this.access.decide(caller, null, 'cases'));
    return { items: await caseStatistics(this.database, new Date(from), new Date(to)) };
  }

  /** One, with its records and entries, and the letter that its newest verdict makes, in both languages. */
  @Get(':caseId')
  async show(@Param('caseId', { schema: CaseId }) caseId: string, @CallingPerson() caller: PersonPrincipal) {
    const known = await this.known(caseId, caller);
    const [records, entries] = await Promise.all([
      recordsOfCase(this.database, caseId),
      entriesOf(this.database, caseId),
    ]);
    const letter = known.verdict === null ? null : letterOf({ ...known, verdict: known.verdict }, records);
    return { ...known, records, entries, letter };
  }

  /** Adds a note, a verdict or the answer to the patient. What is there stays. */
  @Post(':caseId/entries')
  async add(
    @Param('caseId', { schema: CaseId }) caseId: string,
    @Body({ schema: Entry }) entry: z.output<typeof Entry>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    await this.known(caseId, caller);
    return unwrap(await this.decideCase.execute(caseId, { verdict: null, ...entry }, caller, new Date()));
  }

  private async known(caseId: string, caller: PersonPrincipal): Promise<AuditCase> {
    const known = await findCase(this.database, caseId);
    unwrap(await this.access.decide(caller, known?.personId ?? null, 'case'));
    return unwrap(known === undefined ? failure(problems.CASE_NOT_FOUND) : success(known));
  }
}

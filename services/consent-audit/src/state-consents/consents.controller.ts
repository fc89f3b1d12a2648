import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { AccessDecisionPoint, personGroup } from '@yinglian/access';
import { PersonId } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, failure, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { Statement } from '../domain/statement.js';
import { consentsOf, findConsent } from '../storage/consent.store.js';
import { readingOf } from './reading-of.js';
import { StateConsentsHandler } from './state-consents.handler.js';
import { AtDesk, takingOf } from './taking-of.js';

const StatementBody = z.strictObject({ ...Statement.shape, ...AtDesk.shape });

/** What patients say of sharing: by themselves, or at a counter, where stewards are the clerks. */
@Controller('api/consent-audit')
@Allow({ roles: ['steward', 'patient'] })
export class ConsentsController {
  constructor(
    private readonly database: Database,
    private readonly access: AccessDecisionPoint,
    private readonly stateConsents: StateConsentsHandler,
  ) {}

  @Post('consents')
  async state(
    @Body({ schema: StatementBody }) { by, identity, ...statement }: z.output<typeof StatementBody>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    const { personId, decision } = statement;
    unwrap(await this.access.authorize(readingOf(caller, personId), { query: [decision] }));
    const now = new Date();
    const desk = { ...(by && { by }), ...(identity && { identity }) };
    const taking = unwrap(await takingOf(this.database, caller, personId, desk, now));
    return unwrap(await this.stateConsents.state(statement, taking, caller, now));
  }

  /** Takes it back, as easily as it was given; accesses before stay lawful. */
  @Post('consents/:consentId/end')
  @HttpCode(200)
  async end(
    @Param('consentId', { schema: z.uuid() }) consentId: string,
    @Body({ schema: AtDesk }) desk: AtDesk,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    const consent = await findConsent(this.database, consentId);
    if (consent === undefined) return unwrap(failure(consentAuditProblems.CONSENT_NOT_FOUND));
    const { personId } = consent;
    unwrap(await this.access.authorize(readingOf(caller, personId), { query: ['endConsent'] }));
    const now = new Date();
    const taking = unwrap(await takingOf(this.database, caller, personId, desk, now));
    return unwrap(await this.stateConsents.end(consentId, personId, taking, caller, now));
  }

  /** All versions, the newest first. */
  @Get('persons/:personId/consents')
  async list(@Param('personId', { schema: PersonId }) personId: PersonId, @CallingPerson() caller: PersonPrincipal) {
    unwrap(await this.access.authorize(readingOf(caller, personId), { query: ['consents'], partOfAView: true }));
    const items = await consentsOf(this.database, await personGroup(this.database, personId));
    // Whoever took it down has a name of their own to keep; where it was stands in it.
    return { items: caller.roles.includes('patient') ? items.map(({ recordedBy: _, ...shown }) => shown) : items };
  }
}

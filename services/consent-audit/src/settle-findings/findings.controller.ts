import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { CaseAccess } from '../decide-cases/case-access.js';
import { nextCursor, PageCursor } from '../domain/page-cursor.js';
import { accessesById } from '../storage/access-page.js';
import { accessIdsOf, findingPage } from '../storage/finding.store.js';
import { SettleFindingHandler } from './settle-finding.handler.js';

const FindingSearch = z.object({
  list: z.enum(['open', 'settled']).default('open'),
  cursor: PageCursor.optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const text = z.string().trim().min(3).max(500);
const FindingId = z.uuid();

/** What is unusual in the log, for auditors. Everybody may ask: it is decided and recorded, refusals too. */
@Controller('api/consent-audit/findings')
@Allow({ roles: Role.options })
export class FindingsController {
  constructor(
    private readonly database: Database,
    private readonly access: CaseAccess,
    private readonly settleFinding: SettleFindingHandler,
  ) {}

  @Get()
  async list(
    @Query({ schema: FindingSearch }) search: z.output<typeof FindingSearch>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    unwrap(await this.access.decide(caller, null, 'findings'));
    const { cursor, ...filter } = search;
    const items = await findingPage(this.database, { ...filter, after: cursor });
    const next = nextCursor(items, filter.limit, ({ foundAt, findingId }) => ({ at: foundAt, id: findingId }));
    return { items, next };
  }

  /** The records that it was found by: 200 at most, the newest. */
  @Get(':findingId/records')
  async records(
    @Param('findingId', { schema: FindingId }) findingId: string,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    unwrap(await this.access.decide(caller, null, 'findings'));
    return { items: await accessesById(this.database, await accessIdsOf(this.database, findingId)) };
  }

  /** Makes a case of it, with its records. */
  @Post(':findingId/case')
  async intoCase(
    @Param('findingId', { schema: FindingId }) findingId: string,
    @Body({ schema: z.strictObject({ title: text }) }) { title }: { title: string },
    @CallingPerson() caller: PersonPrincipal,
  ) {
    unwrap(await this.access.decide(caller, null, 'case.open'));
    return unwrap(await this.settleFinding.intoCase(findingId, title, caller, new Date()));
  }

  /** Says why it is none. */
  @Post(':findingId/dismissal')
  async dismiss(
    @Param('findingId', { schema: FindingId }) findingId: string,
    @Body({ schema: z.strictObject({ note: text }) }) { note }: { note: string },
    @CallingPerson() caller: PersonPrincipal,
  ) {
    unwrap(await this.access.decide(caller, null, 'findings'));
    return unwrap(await this.settleFinding.dismiss(findingId, note, caller, new Date()));
  }
}

import { Controller, Get, Query } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { HospitalCode } from '@yinglian/contracts';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { CONFLICT_KINDS } from '../domain/link-decision.js';
import { askingFor } from '../find-persons/asking-for.js';
import type { QueueCursor } from '../storage/conflict-queue.store.js';
import { ListConflictsHandler } from './list-conflicts.handler.js';

export const ConflictId = z.string().regex(/^\d{1,18}$/);

const Cursor = z
  .string()
  .regex(/^\d{1,18}-\d{1,18}$/)
  .transform((text): QueueCursor => {
    const [rank = '', conflictId = ''] = text.split('-');
    return { rank, conflictId };
  });

const Page = z.strictObject({
  state: z.enum(['open', 'waiting', 'decided']).default('open'),
  kind: z.enum(CONFLICT_KINDS).optional(),
  hospital: HospitalCode.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: Cursor.optional(),
});

@Controller('api/patient-index/conflicts')
export class ListConflictsController {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly listConflicts: ListConflictsHandler,
  ) {}

  /**
   * Those to decide by risk, the highest first; `waiting` for a hospital's answer; those decided, the last one first. They show patients, so
   * looking at them is recorded like any search.
   */
  @Get()
  @Allow({ roles: ['steward'] })
  async list(@Query({ schema: Page }) { cursor, ...page }: z.output<typeof Page>, @Caller() caller: Principal) {
    unwrap(await this.access.authorize(askingFor('person.search', caller, null), { query: ['conflicts'] }));
    return this.listConflicts.execute({ ...page, after: cursor ?? null });
  }
}

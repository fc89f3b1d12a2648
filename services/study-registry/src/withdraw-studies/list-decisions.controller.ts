import { Controller, Get, Query } from '@nestjs/common';
import { HospitalCode, Instant, Uid } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import type { ListedDecision } from '../storage/study-decision.store.js';
import { ShowDecisionsHandler } from './show-decisions.handler.js';

const SEPARATOR = '_';
const Cursor = z
  .string()
  .max(200)
  .transform((text) => {
    const [decidedAt, studyInstanceUid, number] = text.split(SEPARATOR);
    return { decidedAt, studyInstanceUid, number: Number(number) };
  })
  .pipe(z.object({ decidedAt: Instant, studyInstanceUid: Uid, number: z.number().int().positive() }));

const Page = z.strictObject({
  hospital: HospitalCode.optional(),
  decision: z.enum(['withdraw', 'restore', 'hold', 'release']).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: Cursor.optional(),
});

@Controller('api/study-registry/decisions')
@Allow({ roles: ['steward'] })
export class ListDecisionsController {
  constructor(private readonly showDecisions: ShowDecisionsHandler) {}

  /** Decisions about studies, newest first: of the steward's hospital, or of all for one of the commission. `stands` until it is undone. */
  @Get()
  async list(@Query({ schema: Page }) page: z.output<typeof Page>, @CallingPerson() caller: PersonPrincipal) {
    const { hospital = null, decision = null, cursor = null, limit } = page;
    const found = unwrap(
      await this.showDecisions.list({ hospital, decision, limit: limit + 1, after: cursor }, caller),
    );
    const decisions = found.slice(0, limit);
    return { decisions, nextCursor: found.length > limit ? cursorOf(decisions.at(-1)) : null };
  }
}

const cursorOf = (last: ListedDecision | undefined): string | null =>
  last === undefined ? null : [last.decidedAt.toISOString(), last.studyInstanceUid, last.number].join(SEPARATOR);

import { Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { OperatorActions } from '../record-actions/operator-actions.store.js';
import { ActingUser, OnThePage } from '../sign-in/page.guard.js';
import type { PageUser } from '../sign-in/session-state.js';
import { BackfillStatusHandler } from './backfill-status.handler.js';
import { BACKFILL_CHANGES, type BackfillChange, type ShownBackfill } from './backfill-status.js';
import { PauseBackfillHandler } from './pause-backfill.handler.js';

const Change = z.enum(BACKFILL_CHANGES);

/** How far the backfill from the hospital's PACS is, for the page, and what its people do to it. */
@Controller('api/gateway/backfill')
@OnThePage()
export class BackfillController {
  constructor(
    private readonly status: BackfillStatusHandler,
    private readonly pauseBackfill: PauseBackfillHandler,
    private readonly actions: OperatorActions,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  show(): ShownBackfill {
    return { backfill: this.status.execute() ?? null };
  }

  @Post(':change')
  @HttpCode(200)
  async change(
    @Param('change', { schema: Change }) change: BackfillChange,
    @ActingUser() user: PageUser,
  ): Promise<ShownBackfill> {
    await this.actions.record(user, `backfill.${change}`, '');
    if (change === 'pause') this.pauseBackfill.pause();
    else if (change === 'go-on') this.pauseBackfill.goOn();
    else this.pauseBackfill.tryAgain();
    return this.show();
  }
}

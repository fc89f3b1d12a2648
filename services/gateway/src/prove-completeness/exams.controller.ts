import { Body, Controller, Get, Header, HttpCode, Post, Query } from '@nestjs/common';
import { LocalDay } from '@yinglian/contracts';
import { z } from 'zod';
import { OperatorActions } from '../record-actions/operator-actions.store.js';
import { ActingUser, OnThePage } from '../sign-in/page.guard.js';
import type { PageUser } from '../sign-in/session-state.js';
import { type ExamPage, ExamQuery, ListExamsHandler } from './list-exams.handler.js';
import { ReconcileDaysHandler } from './reconcile-days.handler.js';

const Day = z.strictObject({ day: LocalDay });
type Day = z.output<typeof Day>;

/** The hospital's own exams and how far they have come, for its page. */
@Controller('api/gateway/exams')
@OnThePage()
export class ExamsController {
  constructor(
    private readonly listExams: ListExamsHandler,
    private readonly reconcileDays: ReconcileDaysHandler,
    private readonly actions: OperatorActions,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  list(@Query({ schema: ExamQuery }) query: ExamQuery): ExamPage {
    return this.listExams.execute(query);
  }

  /** Holds a day against the registry now; what it came to is told to the province when that is news. */
  @Post('reconcile')
  @HttpCode(200)
  async reconcile(@Body({ schema: Day }) { day }: Day, @ActingUser() user: PageUser) {
    await this.actions.record(user, 'day.reconcile', day);
    return { reports: await this.reconcileDays.execute([day]) };
  }
}

import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Uid } from '@yinglian/contracts';
import { unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { Ledger } from '../ledger/ledger.js';
import { OperatorActions } from '../record-actions/operator-actions.store.js';
import { ActingUser, OnThePage } from '../sign-in/page.guard.js';
import type { PageUser } from '../sign-in/session-state.js';
import { JOIN_LISTS, ListedJoinStore } from '../storage/listed-join.store.js';
import { DecideJoinHandler } from './decide-join.handler.js';
import type { ListedJoins } from './listed-joins.js';

const MOST_LISTED = 50;

const Which = z.strictObject({ which: z.enum(JOIN_LISTS).default('undecided') });
const Decision = z.strictObject({ examId: z.number().int().positive().nullable() });

/** Studies of which the numbers do not say to which exam they belong, for a person to say. */
@Controller('api/gateway/joins')
@OnThePage()
export class JoinsController {
  private readonly listed: ListedJoinStore;

  constructor(
    ledger: Ledger,
    private readonly decideJoin: DecideJoinHandler,
    private readonly actions: OperatorActions,
  ) {
    this.listed = new ListedJoinStore(ledger);
  }

  @Get()
  @Header('cache-control', 'no-store')
  list(@Query({ schema: Which }) { which }: z.output<typeof Which>): ListedJoins {
    return { joins: this.listed.list(which, MOST_LISTED) };
  }

  /** One of the exams that it may belong to, or none. What was decided before may be decided otherwise. */
  @Post(':study/decision')
  @HttpCode(204)
  async decide(
    @Param('study', { schema: Uid }) studyInstanceUid: string,
    @Body({ schema: Decision }) { examId }: z.output<typeof Decision>,
    @ActingUser() user: PageUser,
  ): Promise<void> {
    await this.actions.record(user, 'join.decide', `${studyInstanceUid} ${examId ?? 'none'}`);
    unwrap(await this.decideJoin.execute({ studyInstanceUid, examId, by: user.username }));
  }
}

import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { failure, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { pageProblems } from '../gateway.errors.js';
import { DiscardMessageHandler } from '../park-messages/discard-message.handler.js';
import { ListParkedMessagesHandler } from '../park-messages/list-parked-messages.handler.js';
import { ReplayMessagesHandler } from '../park-messages/replay-messages.handler.js';
import { OperatorActions } from '../record-actions/operator-actions.store.js';
import { ActingUser, OnThePage } from '../sign-in/page.guard.js';
import type { PageUser } from '../sign-in/session-state.js';
import { LookAtMessageHandler } from './look-at-message.handler.js';
import type { ParkedMessages, RawMessage } from './parked-messages.js';

const Sequence = z.coerce.number().int().positive();
const Replay = z.union([
  z.strictObject({ sequences: z.array(z.number().int().positive()).min(1).max(100) }),
  z.strictObject({ reason: z.string().regex(/^[A-Z_]{1,64}$/) }),
]);
const Discard = z.strictObject({ reason: z.string().trim().min(4).max(200) });

/** Messages of HIS and RIS that could not be applied: replay them when their cause is mended, discard them, look at them. */
@Controller('api/gateway/parked-messages')
@OnThePage()
export class ParkedMessagesController {
  constructor(
    private readonly listParkedMessages: ListParkedMessagesHandler,
    private readonly replayMessages: ReplayMessagesHandler,
    private readonly discardMessage: DiscardMessageHandler,
    private readonly lookAtMessage: LookAtMessageHandler,
    private readonly actions: OperatorActions,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  list(): ParkedMessages {
    return this.listParkedMessages.execute();
  }

  @Post('replay')
  @HttpCode(200)
  async replay(@Body({ schema: Replay }) which: z.infer<typeof Replay>, @ActingUser() user: PageUser) {
    await this.actions.record(user, 'message.replay', 'reason' in which ? which.reason : which.sequences.join(' '));
    return this.replayMessages.execute(which);
  }

  @Post(':sequence/discard')
  @HttpCode(204)
  async discard(
    @Param('sequence', { schema: Sequence }) sequence: number,
    @Body({ schema: Discard }) { reason }: z.infer<typeof Discard>,
    @ActingUser() user: PageUser,
  ): Promise<void> {
    await this.actions.record(user, 'message.discard', String(sequence));
    const outcome = await this.discardMessage.execute({ sequence, reason, by: user.username });
    if (outcome === 'notParked') unwrap(failure(pageProblems.MESSAGE_NOT_PARKED));
  }

  /** Not a GET: it leaves a record, and no address or cache may hold what it answers. */
  @Post(':sequence/look')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async look(
    @Param('sequence', { schema: Sequence }) sequence: number,
    @ActingUser() user: PageUser,
  ): Promise<RawMessage> {
    await this.actions.record(user, 'message.look', String(sequence));
    return unwrap(this.lookAtMessage.execute(sequence));
  }
}

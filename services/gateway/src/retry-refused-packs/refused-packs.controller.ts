import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { OperatorActions } from '../record-actions/operator-actions.store.js';
import { ActingUser, OnThePage } from '../sign-in/page.guard.js';
import type { PageUser } from '../sign-in/session-state.js';
import { RetryRefusedPackHandler } from './retry-refused-pack.handler.js';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);

@Controller('api/gateway/refused-packs')
@OnThePage()
export class RefusedPacksController {
  constructor(
    private readonly retryRefusedPack: RetryRefusedPackHandler,
    private readonly actions: OperatorActions,
  ) {}

  /** 202 when it waits for its turn: what becomes of it is in the gateway's status. */
  @Post(':digest/retry')
  @HttpCode(202)
  async retry(@Param('digest', { schema: Digest }) digest: string, @ActingUser() user: PageUser): Promise<void> {
    await this.actions.record(user, 'pack.retry', digest);
    unwrap(await this.retryRefusedPack.execute(digest));
  }
}

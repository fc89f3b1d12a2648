import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { AeTitle } from '@yinglian/contracts';
import { unwrap } from '@yinglian/platform';
import { OperatorActions } from '../record-actions/operator-actions.store.js';
import { ActingUser, OnThePage } from '../sign-in/page.guard.js';
import type { PageUser } from '../sign-in/session-state.js';
import type { EchoOutcome } from './echo-outcome.js';
import { TestEchoHandler } from './test-echo.handler.js';

@Controller('api/gateway/devices')
@OnThePage()
export class DevicesController {
  constructor(
    private readonly testEcho: TestEchoHandler,
    private readonly actions: OperatorActions,
  ) {}

  @Post(':aeTitle/echo')
  @HttpCode(200)
  async echo(
    @Param('aeTitle', { schema: AeTitle }) aeTitle: string,
    @ActingUser() user: PageUser,
  ): Promise<EchoOutcome> {
    await this.actions.record(user, 'echo', aeTitle);
    return unwrap(await this.testEcho.execute(aeTitle));
  }
}

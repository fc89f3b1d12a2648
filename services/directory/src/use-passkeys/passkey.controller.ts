import { Body, Controller, Post, Query, Req, Res } from '@nestjs/common';
import { AllowEveryone, OutsideApi } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { browserInWords } from '../keep-sessions/browser-in-words.js';
import { recoveryPage } from '../prove-second-factor/recovery-page.js';
import { StepPages } from '../prove-second-factor/step-pages.js';
import { addressOf, Shown } from '../sign-in/open-sign-in.js';
import { SignInFlow } from '../sign-in/sign-in-flow.js';
import { StepOpener } from '../sign-in/step-opener.js';
import { AddPasskeyHandler } from './add-passkey.handler.js';
import { CheckPasskeyHandler } from './check-passkey.handler.js';
import { answerIn, NewPasskeyAnswer, PasskeyAnswer } from './passkey-answer.js';

const Signed = z.object({ answer: answerIn(PasskeyAnswer) });
const MadeKey = z.object({ answer: answerIn(NewPasskeyAnswer) });

/** The provider's second question, answered by a passkey. */
@Controller('oidc/interaction/:uid')
@OutsideApi()
@AllowEveryone()
export class PasskeyController {
  constructor(
    private readonly steps: StepOpener,
    private readonly flow: SignInFlow,
    private readonly pages: StepPages,
    private readonly checkPasskey: CheckPasskeyHandler,
    private readonly addPasskey: AddPasskeyHandler,
  ) {}

  @Post('passkey')
  async prove(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: Shown }) shown: Shown,
    @Body({ schema: Signed }) { answer }: z.output<typeof Signed>,
  ) {
    const at = await this.steps.open('code', request, reply, shown);
    if (at === undefined) return reply;
    const { open, state, account } = at;
    const now = new Date();
    const tried = { interaction: open.uid, account, answer, address: addressOf(request) };
    const outcome = await this.checkPasskey.execute(tried, now);
    if (outcome.kind === 'accepted') {
      await this.flow.proved(open, account, 'pop', now);
      return this.flow.goOn(request, reply, open, now);
    }
    return this.pages.refuse(reply, open, state, outcome);
  }

  /** Keeps the first one, and shows the recovery codes this one time. */
  @Post('passkey/new')
  async enrol(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: Shown }) shown: Shown,
    @Body({ schema: MadeKey }) { answer }: z.output<typeof MadeKey>,
  ) {
    const at = await this.steps.open('enrol', request, reply, shown);
    if (at === undefined) return reply;
    const { open, state, account } = at;
    const made = { holder: open.uid, account, name: nameOf(request), answer, address: addressOf(request) };
    const outcome = await this.addPasskey.enrol(made, new Date());
    if (outcome.kind === 'over') return this.flow.again(reply, open);
    if (outcome.kind === 'enrolled')
      return reply.headers(open.headers).send(recoveryPage({ ...open, codes: outcome.recoveryCodes }));
    return this.pages.refuse(reply, open, state, { kind: 'passkey' });
  }
}

/** By where it was made, until its owner has others to tell it from. */
function nameOf({ headers }: FastifyRequest): string {
  const { browser, system } = browserInWords(headers['user-agent'] ?? '');
  return [browser, system].filter((word) => word !== null).join(' · ') || '1';
}

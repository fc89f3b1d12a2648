import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { HospitalCode } from '@yinglian/contracts';
import { AllowEveryone, OutsideApi } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { StepPages } from '../prove-second-factor/step-pages.js';
import { addressOf, Shown, SignInOpener } from '../sign-in/open-sign-in.js';
import { SIGN_IN_SETTINGS, type SignInSettings } from '../sign-in/sign-in.settings.js';
import { SignInFlow } from '../sign-in/sign-in-flow.js';
import { HOSPITAL_REDIRECT } from './hospital-redirect.js';
import { HospitalSignInHandler } from './hospital-sign-in.handler.js';

const Answer = z.object({ state: z.string().max(200).default('') });
const UNAUTHORIZED = 401;
const BAD_GATEWAY = 502;

/** The way to a hospital's own provider and back. */
@Controller('oidc')
@OutsideApi()
@AllowEveryone()
export class HospitalSignInController {
  constructor(
    private readonly opener: SignInOpener,
    private readonly flow: SignInFlow,
    private readonly pages: StepPages,
    private readonly signIn: HospitalSignInHandler,
    @Inject(SIGN_IN_SETTINGS) private readonly settings: SignInSettings,
  ) {}

  /** To the provider of a hospital. */
  @Get('interaction/:uid/hospital/:hospital')
  async leave(
    @Param('hospital', { schema: HospitalCode }) hospital: HospitalCode,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: Shown }) shown: Shown,
  ) {
    const open = await this.opener.open(request, reply, shown);
    if (open === undefined) return reply;
    const to = await this.signIn.begin(open.uid, hospital, this.settings.publicUrl + HOSPITAL_REDIRECT);
    if (to !== undefined) return reply.redirect(to.href, 303);
    const page = await this.pages.passwordPage(open, { username: '', trouble: { kind: 'elsewhere' } });
    return reply.status(BAD_GATEWAY).headers(open.headers).send(page);
  }

  /** The one address that hospitals know. The sign-in goes on where its cookie is. */
  @Get('hospital-sign-in')
  async comeBack(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: Answer }) { state }: z.output<typeof Answer>,
  ) {
    const interaction = await this.signIn.interactionOf(state);
    const { search } = new URL(request.url, this.settings.publicUrl);
    const path = `/oidc/interaction/${encodeURIComponent(interaction ?? '-')}/hospital-answer`;
    return reply
      .headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      .redirect(path + search, 303);
  }

  @Get('interaction/:uid/hospital-answer')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const open = await this.opener.open(request, reply, {});
    if (open === undefined) return reply;
    const now = new Date();
    const at = new URL(this.settings.publicUrl + HOSPITAL_REDIRECT);
    at.search = new URL(request.url, this.settings.publicUrl).search;
    const outcome = await this.signIn.finish(open.uid, { at, address: addressOf(request) }, now);
    if (outcome.kind === 'unknown') return reply.redirect(`${open.path}?lang=${open.language}`, 303);
    if (outcome.kind !== 'accepted') {
      const page = await this.pages.passwordPage(open, { username: '', trouble: outcome });
      return reply.status(UNAUTHORIZED).headers(open.headers).send(page);
    }
    const state = await this.flow.proved(open, outcome.subject, 'fed', now);
    if (state.step === 'finished') return this.flow.finish(request, reply, open, state, now);
    return reply.redirect(`${open.path}?lang=${open.language}`, 303);
  }
}

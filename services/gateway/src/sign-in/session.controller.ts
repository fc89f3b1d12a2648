import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { AllowEveryone, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { PageTransportGuard } from './page-transport.guard.js';
import { SameOriginGuard } from './same-origin.guard.js';
import { giveSession, sessionSecretOf, takeSession } from './session-cookie.js';
import type { SessionState } from './session-state.js';
import { Sessions } from './sessions.js';
import { SignInHandler } from './sign-in.handler.js';

const Credentials = z.strictObject({ username: z.string().min(1).max(128), password: z.string().min(1).max(256) });

/** Signing in to the page of the gateway, with an account of the hospital's own file (ADR 0023). */
@Controller('api/gateway/session')
@AllowEveryone()
@UseGuards(PageTransportGuard, SameOriginGuard)
export class SessionController {
  constructor(
    private readonly signIn: SignInHandler,
    private readonly sessions: Sessions,
    private readonly hospitalFile: HospitalFile,
  ) {}

  @Get()
  read(@Req() request: FastifyRequest): SessionState {
    return {
      user: this.sessions.userOf(sessionSecretOf(request), false) ?? null,
      hasAccounts: this.hospitalFile.current.page.accounts.length > 0,
    };
  }

  @Post()
  @HttpCode(200)
  async open(
    @Body({ schema: Credentials }) credentials: z.infer<typeof Credentials>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionState> {
    const { user, secret } = unwrap(await this.signIn.execute({ ...credentials, address: request.ip }, new Date()));
    giveSession(request, reply, secret);
    return { user, hasAccounts: true };
  }

  @Delete()
  @HttpCode(204)
  close(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    this.sessions.close(sessionSecretOf(request));
    takeSession(reply);
  }
}

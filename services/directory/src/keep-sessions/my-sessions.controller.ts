import { Controller, Delete, Get, HttpCode, Param, Req } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, failure, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { directoryProblems } from '../directory.errors.js';
import type { SignInSession } from '../domain/sign-in-session.js';
import { addressOf } from '../sign-in/open-sign-in.js';
import { sessionsOf } from '../storage/sign-in-session.store.js';
import { browserInWords, shortAddress } from './browser-in-words.js';
import { SessionEnder, type Which } from './session-ender.js';

const SessionId = z.string().regex(/^[\w-]{1,64}$/);

/** Where the caller is signed in. */
@Controller('api/directory/me/sessions')
@Allow({ roles: Role.options })
export class MySessionsController {
  constructor(
    private readonly database: Database,
    private readonly ender: SessionEnder,
  ) {}

  /** The newest first. */
  @Get()
  async list(@CallingPerson() { subject, sessionId }: PersonPrincipal) {
    const sessions = await sessionsOf(this.database, subject);
    return {
      sessions: sessions.map((session) => present(session, sessionId)),
    };
  }

  /** Ends all but the one that asks. */
  @Delete()
  async endOthers(@CallingPerson() { subject, sessionId }: PersonPrincipal, @Req() request: FastifyRequest) {
    return { ended: await this.end(subject, { except: sessionId }, request) };
  }

  @Delete(':id')
  @HttpCode(204)
  async endOne(
    @CallingPerson() { subject }: PersonPrincipal,
    @Param('id', { schema: SessionId }) uid: string,
    @Req() request: FastifyRequest,
  ) {
    if ((await this.end(subject, { uid }, request)) === 0) unwrap(failure(directoryProblems.SESSION_NOT_FOUND));
  }

  private end(subject: string, which: Which, request: FastifyRequest): Promise<number> {
    const ending = { by: subject, address: addressOf(request), code: 'ENDED_BY_OWNER' };
    return this.database.transaction((tx) => this.ender.end(tx, subject, which, ending, new Date()));
  }
}

const present = (session: SignInSession, current: string) => ({
  id: session.uid,
  isThisOne: session.uid === current,
  begunAt: session.begunAt.toISOString(),
  lastUsedAt: session.lastUsedAt.toISOString(),
  methods: session.methods,
  ...browserInWords(session.userAgent),
  address: shortAddress(session.address),
});

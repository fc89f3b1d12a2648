import { Body, Controller, Put, Req } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addressOf } from '../sign-in/open-sign-in.js';
import { ChangePasswordHandler, type PasswordChange } from './change-password.handler.js';

const Change = z.strictObject({ current: z.string().max(1024), password: z.string().max(1024) });

/** The caller's own password. */
@Controller('api/directory/me/password')
@Allow({ roles: Role.options })
export class ChangePasswordController {
  constructor(private readonly changePassword: ChangePasswordHandler) {}

  @Put()
  async change(
    @CallingPerson() { subject, sessionId }: PersonPrincipal,
    @Req() request: FastifyRequest,
    @Body({ schema: Change }) change: PasswordChange,
  ) {
    const owner = { account: subject, sessionId, address: addressOf(request) };
    return { endedSessions: unwrap(await this.changePassword.execute(owner, change, new Date())) };
  }
}

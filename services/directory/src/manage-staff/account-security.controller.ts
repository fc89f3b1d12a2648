import { Controller, Delete, HttpCode, Param, Req } from '@nestjs/common';
import { Username } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { actingPerson } from './acting-person.js';
import { SecureAccountHandler } from './secure-account.handler.js';

/** How somebody signs in; each change is recorded. */
@Controller('api/directory/staff/:username')
@Allow({ roles: ['administrator', 'security-administrator'] })
export class AccountSecurityController {
  constructor(private readonly secureAccount: SecureAccountHandler) {}

  /**
   * For who lost it: they enrol anew, and their sessions end. Passwords are made anew by administrators, so that nobody alone
   * can sign in as somebody else.
   */
  @Delete('second-factor')
  @Allow({ roles: ['security-administrator'] })
  @HttpCode(204)
  async removeSecondFactor(
    @Param('username', { schema: Username }) username: string,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    unwrap(await this.secureAccount.removeSecondFactor(username, actingPerson(caller, request), new Date()));
  }

  /** Its next sign-in at the hospital is linked anew, by its password. */
  @Delete('hospital-identity')
  @HttpCode(204)
  async unlink(
    @Param('username', { schema: Username }) username: string,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    unwrap(await this.secureAccount.unlinkIdentity(username, actingPerson(caller, request), new Date()));
  }

  /** Lets an account try again that was locked by wrong passwords or codes. */
  @Delete('lock')
  @HttpCode(204)
  async unlock(
    @Param('username', { schema: Username }) username: string,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    unwrap(await this.secureAccount.unlock(username, actingPerson(caller, request), new Date()));
  }

  /** Signs an account out everywhere; how many sessions there were. */
  @Delete('sessions')
  async endSessions(
    @Param('username', { schema: Username }) username: string,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    return unwrap(await this.secureAccount.endSessions(username, actingPerson(caller, request), new Date()));
  }
}

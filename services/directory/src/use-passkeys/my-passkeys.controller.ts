import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, failure, type PersonPrincipal, requireSecondFactor, unwrap } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { directoryProblems } from '../directory.errors.js';
import type { Passkey } from '../domain/passkey.js';
import { addressOf } from '../sign-in/open-sign-in.js';
import { findAuthenticatorApp } from '../storage/authenticator-app.store.js';
import { passkeysOf } from '../storage/passkey.store.js';
import { AddPasskeyHandler } from './add-passkey.handler.js';
import { NewPasskeyAnswer } from './passkey-answer.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import { RemovePasskeyHandler } from './remove-passkey.handler.js';

const NewPasskey = z.strictObject({
  name: z.string().trim().min(1).max(60).describe('By which its owner knows it'),
  answer: NewPasskeyAnswer.describe('What the authenticator said, as PublicKeyCredential.toJSON() writes it'),
});

/** The caller's second factors. Changes need one that was proved just now: 403 SECOND_FACTOR_NEEDED. */
@Controller('api/directory/me/passkeys')
@Allow({ roles: Role.exclude(['patient']).options })
export class MyPasskeysController {
  constructor(
    private readonly database: Database,
    private readonly challenges: PasskeyChallenges,
    private readonly addPasskey: AddPasskeyHandler,
    private readonly removePasskey: RemovePasskeyHandler,
  ) {}

  /** The oldest first; whether there is an app beside them, and whether browsers make passkeys at this address at all. */
  @Get()
  async list(@CallingPerson() { subject }: PersonPrincipal) {
    return {
      isPossible: this.challenges.arePossible,
      hasApp: (await findAuthenticatorApp(this.database, subject)) !== undefined,
      passkeys: (await passkeysOf(this.database, subject)).map(present),
    };
  }

  /** What the browser is asked for (PublicKeyCredentialCreationOptionsJSON); good for five minutes, once. */
  @Post('challenge')
  @HttpCode(200)
  async ask(@CallingPerson() caller: PersonPrincipal) {
    unwrap(requireSecondFactor(caller, new Date()));
    const options = await this.challenges.toMake({ holder: caller.sessionId, account: caller.subject });
    return options ?? unwrap(failure(directoryProblems.PASSKEYS_NOT_HERE));
  }

  @Post()
  async add(
    @CallingPerson() caller: PersonPrincipal,
    @Body({ schema: NewPasskey }) { name, answer }: z.output<typeof NewPasskey>,
    @Req() request: FastifyRequest,
  ) {
    const now = new Date();
    unwrap(requireSecondFactor(caller, now));
    const { subject: account, sessionId: holder } = caller;
    return present(
      unwrap(await this.addPasskey.add({ holder, account, name, answer, address: addressOf(request) }, now)),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(
    @CallingPerson() caller: PersonPrincipal,
    @Param('id', { schema: z.uuid() }) id: string,
    @Req() request: FastifyRequest,
  ) {
    const now = new Date();
    unwrap(requireSecondFactor(caller, now));
    unwrap(await this.removePasskey.execute(caller.subject, id, addressOf(request), now));
  }
}

const present = ({ id, name, addedAt, lastUsedAt }: Passkey) => ({
  id,
  name,
  addedAt: addedAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

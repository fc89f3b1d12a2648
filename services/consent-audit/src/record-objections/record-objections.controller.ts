import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { PersonId, Uid } from '@yinglian/contracts';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { RecordObjectionsHandler } from './record-objections.handler.js';

const ObjectionBody = z.object({
  personId: PersonId,
  scope: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('person') }),
    z.object({ kind: z.literal('study'), studyInstanceUid: Uid }),
  ]),
  note: z.string().trim().max(500).default(''),
});

const OfPerson = z.object({ personId: PersonId });

@Controller('api/consent-audit/objections')
@Allow({ roles: ['steward'] })
export class RecordObjectionsController {
  constructor(private readonly recordObjections: RecordObjectionsHandler) {}

  @Post()
  object(@Body({ schema: ObjectionBody }) body: z.output<typeof ObjectionBody>, @Caller() caller: Principal) {
    return this.recordObjections.object(body.personId, body.scope, body.note, caller);
  }

  @Get()
  async list(@Query({ schema: OfPerson }) { personId }: z.output<typeof OfPerson>) {
    return { items: await this.recordObjections.ofPerson(personId) };
  }

  @Delete(':consentId')
  async takeBack(@Param('consentId', { schema: z.uuid() }) consentId: string, @Caller() caller: Principal) {
    return unwrap(await this.recordObjections.takeBack(consentId, caller));
  }
}

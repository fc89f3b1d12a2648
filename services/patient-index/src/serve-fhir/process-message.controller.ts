import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Post, Req, UseInterceptors } from '@nestjs/common';
import { type Bundle, baseAddressOf, type MessageHeader, SpeakFhir } from '@yinglian/fhir';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { FeedPatientsHandler } from './feed-patients.handler.js';
import { feedingHospital } from './feeding-hospital.js';
import { FEED_EVENT, MessageBody, readFedPatients } from './message-body.js';

/** Mobile Patient Identity Feed (ITI-93) of one hospital. */
@Controller('fhir/$process-message')
@UseInterceptors(SpeakFhir)
export class ProcessMessageController {
  constructor(private readonly feedPatients: FeedPatientsHandler) {}

  @Post()
  @HttpCode(200)
  @Allow({ scopes: ['patients:write'] })
  async process(
    @Body({ schema: MessageBody }) message: MessageBody,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
  ): Promise<Bundle<MessageHeader>> {
    await this.feedPatients.execute(unwrap(readFedPatients(message, feedingHospital(caller))), new Date());
    const [{ resource: asked, fullUrl }] = message.entry;
    const identifier = asked.id ?? fullUrl?.replace(/^urn:uuid:/, '') ?? 'unknown';
    const id = randomUUID();
    const resource: MessageHeader = {
      resourceType: 'MessageHeader',
      id,
      eventUri: FEED_EVENT,
      source: { endpoint: `${baseAddressOf(request)}/$process-message` },
      response: { identifier, code: 'ok' },
    };
    return {
      resourceType: 'Bundle',
      id: randomUUID(),
      type: 'message',
      timestamp: new Date().toISOString(),
      entry: [{ fullUrl: `urn:uuid:${id}`, resource }],
    };
  }
}

import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { AccessRecordedV1, DeedRecordedV1, SignInRecordedV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import { keepAccesses } from '../storage/keep-accesses.js';
import { keepDeeds } from '../storage/keep-deeds.js';
import { keepSignIns } from '../storage/keep-sign-ins.js';

/** Adds every service's records of access to the audit trail. */
@Controller()
export class KeepAccessesConsumer {
  @ConsumeEvents(AccessRecordedV1)
  async keep(@Payload() batch: readonly ReceivedEvent<typeof AccessRecordedV1>[], @Ctx() { tx }: EventContext) {
    await keepAccesses(
      tx,
      batch.map(({ id, data }) => ({ eventId: id, ...data })),
    );
  }

  /** The same for what happened at the sign-in. */
  @ConsumeEvents(SignInRecordedV1)
  async keepSignIns(@Payload() batch: readonly ReceivedEvent<typeof SignInRecordedV1>[], @Ctx() { tx }: EventContext) {
    await keepSignIns(
      tx,
      batch.map(({ id, data }) => ({ eventId: id, ...data })),
    );
  }

  /** The same for deeds; the envelope says which service carried them out. */
  @ConsumeEvents(DeedRecordedV1)
  async keepDeeds(@Payload() batch: readonly ReceivedEvent<typeof DeedRecordedV1>[], @Ctx() { tx }: EventContext) {
    await keepDeeds(
      tx,
      batch.map(({ id, source, traceparent, data }) => ({
        ...data,
        eventId: id,
        service: source.slice('urn:yinglian:'.length),
        traceId: traceparent?.split('-')[1] ?? '',
      })),
    );
  }
}

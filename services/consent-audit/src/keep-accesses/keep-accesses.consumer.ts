import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { AccessRecordedV1, SignInRecordedV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import { keepAccesses } from '../storage/keep-accesses.js';
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
}

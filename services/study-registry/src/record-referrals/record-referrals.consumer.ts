import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { ReferralRecordedV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import { recordReferral } from '../storage/referral.store.js';

/** Remembers who was referred to which hospital: its clinicians treat them (ADR 0061). */
@Controller()
export class RecordReferralsConsumer {
  @ConsumeEvents(ReferralRecordedV1)
  async recorded(@Payload() batch: readonly ReceivedEvent<typeof ReferralRecordedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) await recordReferral(tx, data);
  }
}

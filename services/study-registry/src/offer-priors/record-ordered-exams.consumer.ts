import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { OrderPlacedV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import { OrderedExamStore } from '../storage/ordered-exam.store.js';
import { recordConfidentiality } from '../storage/restricted-exam.store.js';

/** Remembers what was ordered for whom, so that priors like it are offered first, and what was ordered as restricted. */
@Controller()
export class RecordOrderedExamsConsumer {
  @ConsumeEvents(OrderPlacedV1)
  async ordered(@Payload() batch: readonly ReceivedEvent<typeof OrderPlacedV1>[], @Ctx() { tx }: EventContext) {
    const exams = new OrderedExamStore(tx);
    for (const { data } of batch) {
      await exams.record(data);
      await recordConfidentiality(tx, data);
    }
  }
}

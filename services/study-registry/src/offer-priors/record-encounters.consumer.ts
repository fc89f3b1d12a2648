import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { EncounterRecordedV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import { EncounterStore } from '../storage/encounter.store.js';

/** Remembers who is visiting which hospital; priors are looked for when its gateway asks. */
@Controller()
export class RecordEncountersConsumer {
  @ConsumeEvents(EncounterRecordedV1)
  async recorded(@Payload() batch: readonly ReceivedEvent<typeof EncounterRecordedV1>[], @Ctx() { tx }: EventContext) {
    const encounters = new EncounterStore(tx);
    for (const { data } of batch) await encounters.record(data);
  }
}

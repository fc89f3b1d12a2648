import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { PersonLinkedV1, PersonLinkedV2 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { type PatientLink, PatientStore } from '../storage/patient.store.js';

/** Studies carry the person whom their hospital's patient is linked to, those that come later too. */
@Controller()
export class StampLinkedPersonsConsumer {
  @ConsumeEvents(PersonLinkedV1)
  linkedV1(@Payload() batch: readonly ReceivedEvent<typeof PersonLinkedV1>[], @Ctx() { tx }: EventContext) {
    return stamp(tx, batch);
  }

  @ConsumeEvents(PersonLinkedV2)
  linked(@Payload() batch: readonly ReceivedEvent<typeof PersonLinkedV2>[], @Ctx() { tx }: EventContext) {
    return stamp(tx, batch);
  }
}

const stamp = (tx: Sql, batch: readonly { readonly data: PatientLink }[]) =>
  new PatientStore(tx).link(batch.map(({ data }) => data));

import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { type EventData, PersonLinkedV1, PersonLinkedV2 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { PatientStore } from '../storage/patient.store.js';

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

type Link = Pick<EventData<typeof PersonLinkedV2>, 'patient' | 'personId' | 'version'>;

async function stamp(tx: Sql, batch: readonly { readonly data: Link }[]): Promise<void> {
  const patients = new PatientStore(tx);
  const inOrder = batch.map(({ data }) => data).sort((a, b) => (keyOf(a.patient) < keyOf(b.patient) ? -1 : 1));
  for (const { patient, personId, version } of inOrder) await patients.link(patient, personId, version);
}

const keyOf = ({ hospital, issuer, id }: Link['patient']) => [hospital, issuer, id].join('\0');

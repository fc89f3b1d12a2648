import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { PersonLinkedV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import { PatientStore } from '../storage/patient.store.js';

/** Studies carry the person whom their hospital's patient is linked to, those that come later too. */
@Controller()
export class StampLinkedPersonsConsumer {
  @ConsumeEvents(PersonLinkedV1)
  async linked(@Payload() batch: readonly ReceivedEvent<typeof PersonLinkedV1>[], @Ctx() { tx }: EventContext) {
    const patients = new PatientStore(tx);
    const inOrder = batch.map(({ data }) => data).sort((a, b) => (keyOf(a.patient) < keyOf(b.patient) ? -1 : 1));
    for (const { patient, personId, version } of inOrder) await patients.link(patient, personId, version);
  }
}

const keyOf = ({ hospital, issuer, id }: { hospital: string; issuer: string; id: string }) =>
  [hospital, issuer, id].join('\0');

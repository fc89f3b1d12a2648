import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { StudyArrivingV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, Outbox, type ReceivedEvent } from '@yinglian/messaging';
import { StudyStore } from '../storage/study.store.js';
import { TreatedStudyStore } from '../storage/treated-study.store.js';
import { advanceStudy } from './advance-study.js';

/** A study is shown province-wide as soon as its first image is safe at a gateway. */
@Controller()
export class FollowArrivingStudiesConsumer {
  constructor(private readonly outbox: Outbox) {}

  @ConsumeEvents(StudyArrivingV1)
  async arriving(@Payload() batch: readonly ReceivedEvent<typeof StudyArrivingV1>[], @Ctx() { tx }: EventContext) {
    const studies = new StudyStore(tx);
    const at = new Date();
    // In one order, so that two batches never wait for each other.
    const inOrder = batch.map(({ data }) => data).sort((a, b) => (a.studyInstanceUid < b.studyInstanceUid ? -1 : 1));
    for (const { studyInstanceUid } of inOrder) await studies.lock(studyInstanceUid);
    const byPatient = inOrder.sort((a, b) => (keyOf(a.patient) < keyOf(b.patient) ? -1 : 1));
    const added: string[] = [];
    for (const arriving of byPatient) {
      if ((await studies.find(arriving.studyInstanceUid)) !== undefined) continue;
      await studies.addIfNew(arriving, at);
      added.push(arriving.studyInstanceUid);
    }
    await new TreatedStudyStore(tx).listNew(added);
    for (const studyUid of added) {
      const study = await studies.find(studyUid);
      if (study !== undefined) await advanceStudy(tx, this.outbox, study, null, at);
    }
  }
}

const keyOf = ({ hospital, issuer, id }: { hospital: string; issuer: string; id: string }) =>
  [hospital, issuer, id].join('\0');

import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { StudyReceivedV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, Outbox, type ReceivedEvent } from '@yinglian/messaging';
import { ReceiptStore } from '../storage/receipt.store.js';
import { StudyStore } from '../storage/study.store.js';
import { advanceStudy } from './advance-study.js';

/** A study is complete when the registry has what the gateway says it has acknowledged (ADR 0007). */
@Controller()
export class FollowReceivedStudiesConsumer {
  constructor(private readonly outbox: Outbox) {}

  @ConsumeEvents(StudyReceivedV1)
  async received(@Payload() batch: readonly ReceivedEvent<typeof StudyReceivedV1>[], @Ctx() { tx }: EventContext) {
    const studies = new StudyStore(tx);
    const receipts = new ReceiptStore(tx);
    const inOrder = batch.map(({ data }) => data).sort((a, b) => (a.studyInstanceUid < b.studyInstanceUid ? -1 : 1));
    for (const { studyInstanceUid } of inOrder) await studies.lock(studyInstanceUid);
    for (const { studyInstanceUid, hospital, instances, reason, quietSince } of inOrder) {
      await receipts.put(studyInstanceUid, hospital, { instances, reason }, quietSince);
      const study = await studies.find(studyInstanceUid);
      if (study?.hospital === hospital) await advanceStudy(tx, this.outbox, study, null, new Date());
    }
  }
}

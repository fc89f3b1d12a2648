import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { type EventData, StudyReceivedV1, StudyReceivedV2 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, Outbox, type ReceivedEvent } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { ReceiptStore } from '../storage/receipt.store.js';
import { StudyStore } from '../storage/study.store.js';
import { advanceStudy } from './advance-study.js';

type Received = Omit<EventData<typeof StudyReceivedV2>, 'missingInstances'>;

/** A study is complete when the registry has what the gateway says it has acknowledged (ADR 0007, ADR 0020). */
@Controller()
export class FollowReceivedStudiesConsumer {
  constructor(private readonly outbox: Outbox) {}

  @ConsumeEvents(StudyReceivedV2)
  async received(@Payload() batch: readonly ReceivedEvent<typeof StudyReceivedV2>[], @Ctx() { tx }: EventContext) {
    await this.follow(
      tx,
      batch.map(({ data }) => data),
    );
  }

  /** Gateways of before knew quiet only. */
  @ConsumeEvents(StudyReceivedV1)
  async wentQuiet(@Payload() batch: readonly ReceivedEvent<typeof StudyReceivedV1>[], @Ctx() { tx }: EventContext) {
    await this.follow(
      tx,
      batch.map(({ data: { quietSince, ...data } }) => ({
        ...data,
        confidence: 'likely',
        expected: null,
        missing: 0,
        decidedAt: quietSince,
      })),
    );
  }

  private async follow(tx: Sql, batch: readonly Received[]): Promise<void> {
    const studies = new StudyStore(tx);
    const receipts = new ReceiptStore(tx);
    const inOrder = [...batch].sort((a, b) => (a.studyInstanceUid < b.studyInstanceUid ? -1 : 1));
    for (const { studyInstanceUid } of inOrder) await studies.lock(studyInstanceUid);
    for (const received of inOrder) {
      const { studyInstanceUid, hospital, decidedAt } = received;
      await receipts.put(studyInstanceUid, hospital, received, decidedAt);
      const study = await studies.find(studyInstanceUid);
      if (study?.hospital === hospital) await advanceStudy(tx, this.outbox, study, null, new Date());
    }
  }
}

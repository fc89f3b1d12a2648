import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { PatientDescribedV1, PatientObservedV1, PatientObservedV2, PatientObservedV3 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import type { ObservedPatient } from '../domain/observation.js';
import { LinkPatientsHandler } from './link-patients.handler.js';

/** Every patient that a hospital's gateway observed gets a person, and everybody whose images were stored at the registry. */
@Controller()
export class LinkObservedPatientsConsumer {
  constructor(private readonly linkPatients: LinkPatientsHandler) {}

  @ConsumeEvents(PatientObservedV1)
  async link(@Payload() batch: readonly ReceivedEvent<typeof PatientObservedV1>[], @Ctx() { tx }: EventContext) {
    await this.linkAll(batch, tx);
  }

  @ConsumeEvents(PatientObservedV2)
  async linkOfMessages(
    @Payload() batch: readonly ReceivedEvent<typeof PatientObservedV2>[],
    @Ctx() { tx }: EventContext,
  ) {
    await this.linkAll(batch, tx);
  }

  @ConsumeEvents(PatientObservedV3)
  async linkWithContacts(
    @Payload() batch: readonly ReceivedEvent<typeof PatientObservedV3>[],
    @Ctx() { tx }: EventContext,
  ) {
    await this.linkAll(batch, tx);
  }

  @ConsumeEvents(PatientDescribedV1)
  async linkOfStoredImages(
    @Payload() batch: readonly ReceivedEvent<typeof PatientDescribedV1>[],
    @Ctx() { tx }: EventContext,
  ) {
    await this.linkAll(batch, tx);
  }

  private async linkAll(batch: readonly { readonly data: ObservedPatient }[], tx: Sql): Promise<void> {
    await this.linkPatients.execute(
      tx,
      batch.map(({ data }) => data),
      new Date(),
    );
  }
}

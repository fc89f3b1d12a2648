import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { PatientObservedV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import { LinkPatientsHandler } from './link-patients.handler.js';

/** Every patient that a hospital's gateway observed gets a person. */
@Controller()
export class LinkObservedPatientsConsumer {
  constructor(private readonly linkPatients: LinkPatientsHandler) {}

  @ConsumeEvents(PatientObservedV1)
  async link(@Payload() batch: readonly ReceivedEvent<typeof PatientObservedV1>[], @Ctx() { tx }: EventContext) {
    await this.linkPatients.execute(
      tx,
      batch.map(({ data }) => data),
      new Date(),
    );
  }
}

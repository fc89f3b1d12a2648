import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { PatientMergedV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import { MergePatientsHandler } from './merge-patients.handler.js';

/** Hospitals' patients that HIS joined (ADT A40) are one person. */
@Controller()
export class MergePatientsOfHospitalsConsumer {
  constructor(private readonly mergePatients: MergePatientsHandler) {}

  @ConsumeEvents(PatientMergedV1)
  async merged(@Payload() batch: readonly ReceivedEvent<typeof PatientMergedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) await this.mergePatients.execute(tx, data, new Date());
  }
}

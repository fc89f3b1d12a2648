import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { PatientDescribedV1, PatientObservedV1, PatientObservedV2, PatientObservedV3 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import { keepBirthDate } from '../storage/birth-dates.js';

/** Keeps the birth dates of patients, and nothing else of what describes them: whether a guardian speaks for somebody. */
@Controller()
export class FollowBirthDatesConsumer {
  @ConsumeEvents(PatientObservedV1)
  async first(@Payload() batch: readonly ReceivedEvent<typeof PatientObservedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) await keepBirthDate(tx, data.patient, data.birthDate, data.observedAt);
  }

  @ConsumeEvents(PatientObservedV2)
  async second(@Payload() batch: readonly ReceivedEvent<typeof PatientObservedV2>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) await keepBirthDate(tx, data.patient, data.birthDate, data.observedAt);
  }

  @ConsumeEvents(PatientObservedV3)
  async observed(@Payload() batch: readonly ReceivedEvent<typeof PatientObservedV3>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) await keepBirthDate(tx, data.patient, data.birthDate, data.observedAt);
  }

  @ConsumeEvents(PatientDescribedV1)
  async described(@Payload() batch: readonly ReceivedEvent<typeof PatientDescribedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) await keepBirthDate(tx, data.patient, data.birthDate, data.observedAt);
  }
}

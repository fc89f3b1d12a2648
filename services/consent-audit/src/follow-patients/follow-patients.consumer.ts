import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  type EventData,
  PatientDescribedV1,
  PatientObservedV1,
  PatientObservedV2,
  PatientObservedV3,
} from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { keepBirthDate } from '../storage/birth-dates.js';
import { keepHousehold } from '../storage/households.js';
import { HOUSEHOLD_DIGEST, type HouseholdDigest } from './household-digest.js';

/**
 * Keeps of what describes patients when they were born, by which it is known whether a guardian speaks for somebody, and a digest that is
 * the same for those of one surname and address; nothing else.
 */
@Controller()
export class FollowPatientsConsumer {
  constructor(@Inject(HOUSEHOLD_DIGEST) private readonly digest: HouseholdDigest) {}

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
    for (const { data } of batch) await this.keep(tx, data);
  }

  @ConsumeEvents(PatientDescribedV1)
  async described(@Payload() batch: readonly ReceivedEvent<typeof PatientDescribedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) await this.keep(tx, data);
  }

  private async keep(tx: Sql, described: EventData<typeof PatientObservedV3>): Promise<void> {
    const { patient, birthDate, observedAt } = described;
    await keepBirthDate(tx, patient, birthDate, observedAt);
    await keepHousehold(tx, patient, this.digest(described), observedAt);
  }
}

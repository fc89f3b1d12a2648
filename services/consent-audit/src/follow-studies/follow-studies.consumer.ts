import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  type EventData,
  type LocalPatientKey,
  PersonLinkedV1,
  PersonLinkedV2,
  StudyArrivingV1,
  StudyRegisteredV1,
} from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';

/** Keeps which person each study belongs to, so that a relationship can be declared by study. */
@Controller()
export class FollowStudiesConsumer {
  @ConsumeEvents(StudyArrivingV1)
  async arriving(@Payload() batch: readonly ReceivedEvent<typeof StudyArrivingV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) await keep(tx, data);
  }

  @ConsumeEvents(StudyRegisteredV1)
  async registered(@Payload() batch: readonly ReceivedEvent<typeof StudyRegisteredV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) await keep(tx, data);
  }

  @ConsumeEvents(PersonLinkedV1)
  async linkedV1(@Payload() batch: readonly ReceivedEvent<typeof PersonLinkedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) await link(tx, data);
  }

  @ConsumeEvents(PersonLinkedV2)
  async linked(@Payload() batch: readonly ReceivedEvent<typeof PersonLinkedV2>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) await link(tx, data);
  }
}

async function link(
  tx: Sql,
  { patient, personId, version }: Pick<EventData<typeof PersonLinkedV2>, 'patient' | 'personId' | 'version'>,
) {
  const { hospital, issuer, id } = patient;
  await tx.query(
    `INSERT INTO patient_persons (hospital, issuer, patient_id, person_id, version) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (hospital, issuer, patient_id) DO UPDATE SET person_id = excluded.person_id, version = excluded.version
     WHERE patient_persons.version < excluded.version`,
    [hospital, issuer, id, personId, version],
  );
}

/** A study belongs to the hospital that sent it first (ADR 0008): later ones change nothing. */
async function keep(tx: Sql, study: { studyInstanceUid: string; patient: LocalPatientKey }): Promise<void> {
  const { hospital, issuer, id } = study.patient;
  await tx.query(
    'INSERT INTO study_patients (study_uid, hospital, issuer, patient_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [study.studyInstanceUid, hospital, issuer, id],
  );
}

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

interface Kept {
  readonly studyInstanceUid: string;
  readonly patient: LocalPatientKey;
  readonly studyDate?: string;
  readonly modality?: string;
}

/** A study belongs to the hospital that sent it first (ADR 0008): later ones change nothing. Its registration says less than its arrival. */
async function keep(tx: Sql, study: Kept): Promise<void> {
  const { studyInstanceUid, studyDate = '', modality = '' } = study;
  const { hospital, issuer, id } = study.patient;
  await tx.query(
    `INSERT INTO study_patients (study_uid, hospital, issuer, patient_id, study_date, modality)
     VALUES ($1, $2, $3, $4, nullif($5, ''), nullif($6, ''))
     ON CONFLICT (study_uid) DO UPDATE SET study_date = excluded.study_date, modality = excluded.modality
     WHERE study_patients.study_date IS NULL AND study_patients.hospital = excluded.hospital`,
    [studyInstanceUid, hospital, issuer, id, studyDate, modality],
  );
}

import { randomUUID } from 'node:crypto';
import { type LocalPatientKey, PatientObservedV3 } from '@yinglian/contracts';
import { EventPublisher, type LogRecord } from '@yinglian/messaging';
import type { PatientData } from '../people/observed-record.js';

const BATCH = 500;

/** Hospitals tell of patients by events. Resolves with the patient of each record. */
export async function tellPatients(eventLogUrl: string, records: Iterable<PatientData>): Promise<string[]> {
  const config = { EVENTS: 'postgres', EVENT_LOG_URL: eventLogUrl } as const;
  const publisher = EventPublisher.fromConfig({ source: 'urn:yinglian:bench', config });
  const patients: string[] = [];
  let batch: LogRecord[] = [];
  try {
    for (const data of records) {
      batch.push(publisher.encode(PatientObservedV3, data, { eventId: randomUUID() }));
      patients.push(keyOf(data.patient));
      if (batch.length < BATCH) continue;
      await publisher.append(batch);
      batch = [];
    }
    await publisher.append(batch);
  } finally {
    await publisher.close();
  }
  return patients;
}

export const keyOf = ({ hospital, issuer, id }: LocalPatientKey): string => JSON.stringify([hospital, issuer, id]);

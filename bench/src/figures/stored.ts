import { createHash } from 'node:crypto';
import { type CtSeries, dataSetOf } from '@yinglian/testing';
import { type DicomWebClient, getJson, getParts } from '../clients/dicom-web.js';

const TIMEOUT_MS = 60_000;

const numberAt = (study: Record<string, { Value?: unknown[] }>, tag: string) => Number(study[tag]?.Value?.[0] ?? 0);

interface SentStudy {
  readonly studyInstanceUid: string;
  readonly slices: { readonly length: number };
}

/** Waits until QIDO-RS says that the study has all its instances; returns the seconds it took. */
export async function untilSearchable(client: DicomWebClient, series: SentStudy): Promise<number> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < TIMEOUT_MS) {
    const [study] = await getJson(client, `/studies?StudyInstanceUID=${series.studyInstanceUid}&includefield=00201208`);
    if (study !== undefined && numberAt(study, '00201208') === series.slices.length) {
      return (performance.now() - startedAt) / 1000;
    }
    await new Promise((wait) => setTimeout(wait, 50));
  }
  throw new Error(`${client.url} does not show all ${series.slices.length} instances`);
}

/** Reads the study back and compares every data set's SHA-256 with what was sent. */
export async function checkIdentity(client: DicomWebClient, series: CtSeries): Promise<void> {
  const files = await getParts(client, `/studies/${series.studyInstanceUid}`);
  const returned = new Set(files.map((file) => createHash('sha256').update(dataSetOf(file)).digest('hex')));
  const missing = series.slices.filter((slice) => !returned.has(slice.sha256));
  if (files.length !== series.slices.length || missing.length > 0) {
    throw new Error(
      `${client.url} gave back ${files.length} files, ${missing.length} of ${series.slices.length} data sets are not what was sent`,
    );
  }
}

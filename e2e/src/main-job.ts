import { createHash } from 'node:crypto';
import { type CtSeries, DicomWebClient, dataSetOf, firstValue, type Province } from '@yinglian/testing';
import { eventually } from './eventually.js';

export interface TimelineEntry {
  readonly studyInstanceUid: string;
  readonly state: 'arriving' | 'complete';
  readonly instances: number;
}

export function hospitalOf(province: Province, code: string) {
  const hospital = province.endpoints.hospitals.find((candidate) => candidate.code === code);
  if (hospital === undefined) throw new Error(`There is no hospital ${code}`);
  return hospital;
}

/** Waits until the study is complete on the person's timeline with all its instances; returns its entry. */
export async function untilComplete(
  province: Province,
  username: string,
  series: CtSeries,
  timeoutMs = 60_000,
): Promise<TimelineEntry> {
  // What was killed while the images came may still be starting.
  const token = await eventually(`${username} signs in`, () => province.token(username));
  const client = new DicomWebClient(province.endpoints.dicomweb, token);
  return eventually(
    `study ${series.studyInstanceUid} complete with ${series.slices.length} instances`,
    async () => {
      const [study] = await client.find(`/studies?StudyInstanceUID=${series.studyInstanceUid}`);
      const response = await fetch(
        `${province.endpoints.edge}/api/study-registry/persons/${String(firstValue(study, '00100020'))}/studies`,
        { headers: { authorization: `Bearer ${token}` } },
      );
      const { items } = (await response.json()) as { items: TimelineEntry[] };
      return items.find(
        (entry) =>
          entry.studyInstanceUid === series.studyInstanceUid &&
          entry.state === 'complete' &&
          entry.instances === series.slices.length,
      );
    },
    timeoutMs,
  );
}

/** SHA-256 of every data set of the study as it comes back, sorted. */
export async function returnedHashes(province: Province, username: string, series: CtSeries): Promise<string[]> {
  const client = new DicomWebClient(province.endpoints.dicomweb, await province.token(username));
  const files = await client.retrieve(`/studies/${series.studyInstanceUid}`);
  return files.map((file) => createHash('sha256').update(dataSetOf(file)).digest('hex')).sort();
}

export const sentHashes = (series: CtSeries) => series.slices.map(({ sha256 }) => sha256).sort();

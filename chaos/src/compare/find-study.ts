import { createHash } from 'node:crypto';
import { type DicomJson, DicomWebClient, dataSetOf, firstValue } from '@yinglian/testing';
import type { FoundStudy } from './compare-study.js';

const STUDY_INSTANCES = '00201208';
const SERIES_INSTANCES = '00201209';
const SOP_INSTANCE_UID = '00080018';
const PAGE = 1000;

/** Asks the province for a study as a viewer does: QIDO-RS at each level, and the files by WADO-RS. */
export async function findStudy(client: DicomWebClient, studyInstanceUid: string): Promise<FoundStudy> {
  const path = `/studies/${studyInstanceUid}`;
  const studies = await client.find(`/studies?StudyInstanceUID=${studyInstanceUid}`);
  if (studies.length === 0) return { studyRows: [], seriesRows: [], listed: [], returned: [] };
  const series = await client.find(`${path}/series`);
  const instances = await client.find(`${path}/instances?limit=${PAGE}`);
  const files = await client.retrieve(path);
  return {
    studyRows: studies.map(numberAt(STUDY_INSTANCES)),
    seriesRows: series.map(numberAt(SERIES_INSTANCES)),
    listed: instances.map((instance) => String(firstValue(instance, SOP_INSTANCE_UID))),
    returned: files.map((file) => createHash('sha256').update(dataSetOf(file)).digest('hex')),
  };
}

const numberAt = (tag: string) => (row: DicomJson) => Number(firstValue(row, tag));

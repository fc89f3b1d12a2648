import type { Coding, ImagingStudySeries, ImagingStudySeriesInstance } from '@yinglian/fhir';
import { bodySiteOf } from '../domain/body-sites.js';
import { localTimeOf } from '../domain/local-time.js';
import type { StoredInstance } from '../storage/study-contents.js';
import type { SeriesRow } from '../storage/study-row.js';
import { DICOM_SYSTEM, SNOMED_SYSTEM, URI_SYSTEM } from './identifier-systems.js';
import { AT_WADO, modalityOf, textOf } from './imaging-study-resource.js';

/** Modality of what names none, as FHIR needs one of each series (PS3.16, CID 33). */
const OTHER: Coding = { system: DICOM_SYSTEM, code: 'OT' };
const LARGEST_NUMBER = 2 ** 31 - 1;

export function seriesResource(
  series: SeriesRow,
  instances: readonly StoredInstance[] | null,
  utcOffset: string,
): ImagingStudySeries {
  const bodySite = bodySiteCoding(series.body_part);
  const started = localTimeOf(series.series_date, series.series_time, utcOffset);
  return {
    uid: series.series_uid,
    ...numberOf(series.series_number),
    modality: modalityOf(series.modality) ?? OTHER,
    ...textOf('description', series.description),
    numberOfInstances: series.instance_count,
    endpoint: [AT_WADO],
    ...(bodySite === undefined ? {} : { bodySite }),
    ...(started === null ? {} : { started: started.text }),
    ...(instances === null || instances.length === 0 ? {} : { instance: instances.map(instanceResource) }),
  };
}

const instanceResource = ({
  sopInstanceUid,
  sopClassUid,
  instanceNumber,
}: StoredInstance): ImagingStudySeriesInstance => ({
  uid: sopInstanceUid,
  sopClass: { system: URI_SYSTEM, code: `urn:oid:${sopClassUid}` },
  ...numberOf(instanceNumber),
});

/** FHIR has no place for negative ones, and for those that a device wrote as something else. */
function numberOf(text: string): { number?: number } {
  const number = Number(text);
  const isNumber = text.trim() !== '' && Number.isInteger(number) && number >= 0 && number <= LARGEST_NUMBER;
  return isNumber ? { number } : {};
}

/** A term that SNOMED CT has no code for stays the text that it is. */
function bodySiteCoding(term: string): Coding | undefined {
  if (term.trim() === '') return undefined;
  const site = bodySiteOf(term);
  return site === undefined ? { display: term.trim() } : { system: SNOMED_SYSTEM, ...site };
}

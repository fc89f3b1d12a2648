import { type DicomJson, type InstanceSummary, localPatientKey, type PackManifest } from '@yinglian/dicom';
import { toldOf } from '../domain/series-told.js';
import type { NewStudy, StudyDescription } from '../storage/study.store.js';
import type { SeriesRow } from '../storage/study-row.js';

/** A study's row when a pack is the first that is heard of it. */
export function newStudyOf({ hospital, instances }: PackManifest, summary: InstanceSummary): NewStudy {
  return {
    studyInstanceUid: summary.studyInstanceUid,
    patient: localPatientKey(hospital, summary),
    studyDate: summary.studyDate,
    studyTime: summary.studyTime,
    accessionNumber: summary.accessionNumber,
    description: summary.studyDescription,
    modality: summary.modality,
    bodyPart: summary.bodyPart,
    arrivedAt: instances[0]?.receivedAt ?? '',
  };
}

const present = (values: readonly string[]) => [...new Set(values.filter((value) => value !== ''))];

/** What instances say about their study; the first one that says something counts. */
export function studyDescriptionOf(summaries: readonly InstanceSummary[]): StudyDescription {
  const said = (value: (summary: InstanceSummary) => string) => summaries.map(value).find((text) => text !== '') ?? '';
  const named = summaries.find(({ patient }) => Object.keys(patient.name).length > 0)?.patient;
  const placed = named?.name ?? {};
  return {
    studyId: said(({ studyId }) => studyId),
    description: said(({ studyDescription }) => studyDescription),
    referringPhysician: said(({ referringPhysician }) => referringPhysician),
    institution: said(({ institution }) => institution),
    patientName: [placed.alphabetic ?? '', placed.ideographic ?? '', placed.phonetic ?? '']
      .join('=')
      .replace(/=+$/, ''),
    names: named?.nameByScript ?? {},
    birthDate: said(({ patient }) => patient.birthDate),
    sex: said(({ patient }) => patient.sex),
    modalities: present(summaries.map(({ modality }) => modality)),
    bodyParts: present(summaries.map(({ bodyPart }) => bodyPart)),
    charsetGuessed: summaries.some(({ charsetGuessed }) => charsetGuessed),
  };
}

/** A series' row by one of its instances. */
export function seriesRowOf(summary: InstanceSummary, metadata: DicomJson, instances: number): SeriesRow {
  const text = (tag: string) => String(metadata[tag]?.Value?.[0] ?? '');
  return {
    study_uid: summary.studyInstanceUid,
    series_uid: summary.seriesInstanceUid,
    modality: summary.modality,
    series_number: summary.seriesNumber,
    description: summary.seriesDescription,
    body_part: summary.bodyPart,
    series_date: text('00080021'),
    series_time: text('00080031'),
    instance_count: instances,
    told: toldOf(metadata),
  };
}

import { readText, readToken } from '@yinglian/fhir';
import { bodySiteOf, termOf } from '../domain/body-sites.js';
import type { StudyRow } from '../storage/study-row.js';
import { WADO_ENDPOINT } from './endpoint-resources.js';
import { DICOM_SYSTEM, SNOMED_SYSTEM } from './identifier-systems.js';
import { invalid, type ParameterReader, unsupported } from './parameter-reader.js';

const STATES = ['registered', 'available', 'cancelled', 'entered-in-error', 'unknown'] as const;

/** A study of which nothing has arrived is registered only (http://hl7.org/fhir/R4/valueset-imagingstudy-status.html). */
export const statusOf = ({ instance_count: instances }: StudyRow): 'registered' | 'available' =>
  instances === 0 ? 'registered' : 'available';

export const states: ParameterReader = (draft, { values }) => {
  const codes = values.map((value) => readToken(value).code ?? '');
  if (codes.some((code) => !STATES.some((state) => state === code))) return invalid(`status is ${STATES.join(', ')}`);
  draft.tests.push((study) => codes.includes(statusOf(study)));
  return null;
};

export const modalities: ParameterReader = (draft, { values }) => {
  const codes = values
    .map(readToken)
    .flatMap(({ system, code }) => (code !== null && (system ?? DICOM_SYSTEM) === DICOM_SYSTEM ? [code] : []));
  draft.modalities.push(codes);
  draft.tests.push((study) => study.modalities.some((modality) => codes.includes(modality)));
  return null;
};

export const bodySites: ParameterReader = (draft, { values }) => {
  const tokens = values.map(readToken);
  const isAsked = (term: string) =>
    tokens.some(({ system, code }) =>
      system === SNOMED_SYSTEM || (system === null && /^\d+$/.test(code ?? ''))
        ? bodySiteOf(term)?.code === code
        : (system ?? '') === '' && termOf(term) === termOf(code ?? ''),
    );
  draft.tests.push((study) => study.body_parts.some(isAsked));
  return null;
};

export const endpoints: ParameterReader = (draft, { modifier, values }, { base }) => {
  if (modifier !== null && modifier !== 'Endpoint') return unsupported('endpoint has no such modifier');
  const here = [WADO_ENDPOINT, `Endpoint/${WADO_ENDPOINT}`, `${base}/Endpoint/${WADO_ENDPOINT}`];
  const isHere = values.some((value) => here.includes(readText(value)));
  draft.tests.push(() => isHere);
  return null;
};

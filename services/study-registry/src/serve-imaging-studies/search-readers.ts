import { readDateTest, readText } from '@yinglian/fhir';
import { ORDERS } from './imaging-search.js';
import { identifiers, ids, patientIdentifiers, patients, series } from './key-readers.js';
import { invalid, left, type ParameterReader, unsupported } from './parameter-reader.js';
import { bodySites, endpoints, modalities, states } from './study-test-readers.js';

const MOST_ON_A_PAGE = 100;
const LAST_OFFSET = 1_000_000;

/** For parameters that have no modifiers here. */
const plain =
  (reader: ParameterReader): ParameterReader =>
  (draft, parameter, context) =>
    parameter.modifier === null
      ? reader(draft, parameter, context)
      : unsupported(`${parameter.name} has no such modifier`);

const dates =
  (field: 'started' | 'updated'): ParameterReader =>
  (draft, { name, values }, { utcOffset, now }) => {
    const read = values.map((value) => readDateTest(readText(value), utcOffset, now));
    const tests = read.filter((test) => test !== null);
    const [only] = tests;
    if (tests.length < read.length || only === undefined)
      return invalid(`${name} needs dates like 2026, 2026-01-05, ge2026-01-05T08:00:00+08:00`);
    draft[field].push({
      holds: (target) => tests.some(({ holds }) => holds(target)),
      within: {
        from: Math.min(...tests.map(({ within }) => within.from)),
        to: Math.max(...tests.map(({ within }) => within.to)),
      },
    });
    return null;
  };

const uids =
  (field: 'instanceUids' | 'sopClassUids'): ParameterReader =>
  (draft, { values }) => {
    draft[field].push(values.map((value) => readText(value).replace(/^urn:oid:/, '')));
    return null;
  };

const count: ParameterReader = (draft, { values }) => {
  const asked = Number(values[0]);
  if (!Number.isInteger(asked) || asked < 0) return invalid('_count is a whole number');
  // FHIR: a count of zero asks for the number only.
  if (asked === 0) draft.summary = 'count';
  draft.count = Math.min(Math.max(asked, 1), MOST_ON_A_PAGE);
  return null;
};

const offset: ParameterReader = (draft, { values }) => {
  const asked = Number(values[0]);
  if (!Number.isInteger(asked) || asked < 0 || asked > LAST_OFFSET)
    return invalid('This is no page that was given here');
  draft.offset = asked;
  return null;
};

const order: ParameterReader = (draft, { values }) => {
  const wanted = ORDERS.find((one) => one === values.join(','));
  if (wanted === undefined) return left(`_sort is one of ${ORDERS.join(', ')}`);
  draft.order = wanted;
  return null;
};

const summary: ParameterReader = (draft, { values }) => {
  const [asked = ''] = values;
  if (!['true', 'false', 'data', 'count'].includes(asked)) return left('_summary is true, false, data or count');
  if (asked === 'count') draft.summary = 'count';
  else if (asked === 'true' && draft.summary !== 'count') draft.summary = 'without instances';
  return null;
};

const include: ParameterReader = (draft, { values }) => {
  const wanted = values.map(readText);
  if (wanted.some((one) => !/^ImagingStudy:endpoint(:Endpoint)?$/.test(one))) {
    return left('Only ImagingStudy:endpoint is included; Patients are read where they are');
  }
  draft.includesEndpoints = true;
  return null;
};

/** What is searched by, name for name as the CapabilityStatement has it, and the ways to name a patient by an identifier. */
export const CRITERIA: ReadonlyMap<string, ParameterReader> = new Map([
  ['_id', plain(ids)],
  ['identifier', plain(identifiers)],
  ['patient', patients],
  ['subject', patients],
  ['patient.identifier', patientIdentifiers],
  ['subject.identifier', patientIdentifiers],
  ['started', plain(dates('started'))],
  ['modality', plain(modalities)],
  ['bodysite', plain(bodySites)],
  ['status', plain(states)],
  ['endpoint', endpoints],
  ['series', plain(series)],
  ['instance', plain(uids('instanceUids'))],
  ['dicom-class', plain(uids('sopClassUids'))],
  ['_lastUpdated', plain(dates('updated'))],
]);

/** How the answer is to be given. */
export const CONTROLS: ReadonlyMap<string, ParameterReader> = new Map([
  ['_count', plain(count)],
  ['_sort', plain(order)],
  ['_summary', plain(summary)],
  ['_include', plain(include)],
  ['_offset', plain(offset)],
  ['_format', () => null],
  ['_pretty', () => null],
]);

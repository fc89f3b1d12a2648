import { type DicomJson, type DicomJsonElement } from '../json/dicom-json.js';
import { nativeModelOf } from '../json/native-model.js';
import type { ScannedInstance } from '../scan/part10-scanner.js';
import type { Status } from '../upper-layer/status.js';
import type { StowAnswerType } from './stow-request.js';

type Named = Pick<ScannedInstance, 'studyInstanceUid' | 'seriesInstanceUid' | 'sopInstanceUid' | 'sopClassUid'>;

/** What became of one part of a STOW-RS request. */
export type PartOutcome =
  | { readonly stored: Named }
  /** With its Failure Reason (PS3.18 table I.2-2); without names when the part does not say what it is. */
  | { readonly failed: Status; readonly named?: Named };

const uid = (value: string): DicomJsonElement => ({ vr: 'UI', Value: [value] });
const url = (value: string): DicomJsonElement => ({ vr: 'UR', Value: [value] });
const reason = (status: Status): DicomJsonElement => ({ vr: 'US', Value: [status] });

const RETRIEVE_URL = '00081190';
const FAILED_SOP_SEQUENCE = '00081198';
const REFERENCED_SOP_SEQUENCE = '00081199';
const OTHER_FAILURES_SEQUENCE = '0008119A';
const REFERENCED_SOP_CLASS = '00081150';
const REFERENCED_SOP_INSTANCE = '00081155';
const FAILURE_REASON = '00081197';

/** The status and the data set of a Store Instances Response (PS3.18 section 10.5.3 and annex I.2). */
export function stowAnswer(
  outcomes: readonly PartOutcome[],
  dicomWebUrl: string,
): { status: number; dataSet: DicomJson } {
  const stored: Named[] = [];
  const known: DicomJson[] = [];
  const unknown: DicomJson[] = [];
  for (const outcome of outcomes) {
    if ('stored' in outcome) stored.push(outcome.stored);
    else {
      const { failed, named } = outcome;
      // An instance that cannot be named stands among the other failures.
      if (named === undefined || named.sopInstanceUid === '') unknown.push({ [FAILURE_REASON]: reason(failed) });
      else known.push({ ...reference(named), [FAILURE_REASON]: reason(failed) });
    }
  }
  const studies = new Set(stored.map(({ studyInstanceUid }) => studyInstanceUid));
  const [study] = studies;
  const sequence = (tag: string, items: DicomJson[]) =>
    items.length === 0 ? {} : { [tag]: { vr: 'SQ', Value: items } };
  return {
    status: stored.length === outcomes.length ? 200 : stored.length > 0 ? 202 : 409,
    dataSet: {
      ...(study === undefined || studies.size > 1 ? {} : { [RETRIEVE_URL]: url(`${dicomWebUrl}/studies/${study}`) }),
      ...sequence(FAILED_SOP_SEQUENCE, known),
      ...sequence(
        REFERENCED_SOP_SEQUENCE,
        stored.map((instance) => ({ ...reference(instance), [RETRIEVE_URL]: url(urlOf(instance, dicomWebUrl)) })),
      ),
      ...sequence(OTHER_FAILURES_SEQUENCE, unknown),
    },
  };
}

/** Its body. As bytes: to text a character set would be added, which clients do not expect of these types. */
export const stowAnswerBody = (dataSet: DicomJson, type: StowAnswerType): Buffer =>
  Buffer.from(type === 'application/dicom+xml' ? nativeModelOf(dataSet) : JSON.stringify(dataSet));

const reference = ({ sopClassUid, sopInstanceUid }: Named): DicomJson => ({
  [REFERENCED_SOP_CLASS]: uid(sopClassUid),
  [REFERENCED_SOP_INSTANCE]: uid(sopInstanceUid),
});

const urlOf = ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: Named, root: string) =>
  `${root}/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;

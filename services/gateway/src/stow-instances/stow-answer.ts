import type { ScannedInstance } from '@yinglian/dicom';
import { type Refusal, statusOf } from '../domain/refusal.js';
import type { StoredInstance } from '../storage/segment.js';

/** What became of one part of a STOW-RS request. */
export type PartOutcome =
  | { readonly stored: StoredInstance }
  /** A prior of this gateway: the province has it, under another hospital's name (ADR 0019). */
  | { readonly returned: ScannedInstance }
  | { readonly refused: Refusal; readonly scanned?: ScannedInstance };

type Element = { vr: string; Value: unknown[] };
type Item = Record<string, Element>;

const uid = (value: string): Element => ({ vr: 'UI', Value: [value] });
const url = (value: string): Element => ({ vr: 'UR', Value: [value] });
const reason = (refusal: Refusal): Element => ({ vr: 'US', Value: [statusOf(refusal)] });

const RETRIEVE_URL = '00081190';
const FAILED_SOP_SEQUENCE = '00081198';
const REFERENCED_SOP_SEQUENCE = '00081199';
const OTHER_FAILURES_SEQUENCE = '0008119A';
const REFERENCED_SOP_CLASS = '00081150';
const REFERENCED_SOP_INSTANCE = '00081155';
const FAILURE_REASON = '00081197';

/** The status and the data set of a Store Instances Response (PS3.18 section 10.5.3 and annex I.2). */
export function stowAnswer(outcomes: readonly PartOutcome[], dicomWebUrl: string): { status: number; dataSet: Item } {
  const stored = outcomes.flatMap((outcome): Named[] => {
    if ('refused' in outcome) return [];
    return ['stored' in outcome ? outcome.stored : outcome.returned];
  });
  const known: Item[] = [];
  const unknown: Item[] = [];
  for (const outcome of outcomes) {
    if (!('refused' in outcome)) continue;
    const { refused, scanned } = outcome;
    // An instance that cannot be named stands among the other failures.
    if (scanned === undefined || scanned.sopInstanceUid === '') unknown.push({ [FAILURE_REASON]: reason(refused) });
    else known.push({ ...reference(scanned), [FAILURE_REASON]: reason(refused) });
  }
  const studies = new Set(stored.map(({ studyInstanceUid }) => studyInstanceUid));
  const [study] = studies;
  const sequence = (tag: string, items: Item[]) => (items.length === 0 ? {} : { [tag]: { vr: 'SQ', Value: items } });
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

const reference = ({ sopClassUid, sopInstanceUid }: { sopClassUid: string; sopInstanceUid: string }): Item => ({
  [REFERENCED_SOP_CLASS]: uid(sopClassUid),
  [REFERENCED_SOP_INSTANCE]: uid(sopInstanceUid),
});

type Named = Pick<ScannedInstance, 'studyInstanceUid' | 'seriesInstanceUid' | 'sopInstanceUid' | 'sopClassUid'>;

const urlOf = ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: Named, root: string) =>
  `${root}/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;

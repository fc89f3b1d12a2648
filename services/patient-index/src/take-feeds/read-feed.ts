import type { LocalPatientKey } from '@yinglian/contracts';
import { type MessageError, readTimestamp, type Segment } from '@yinglian/hl7';
import type { PixFile } from '../serve-pix/pix-file.js';
import { type PixMessage, textOf, valuesIn } from '../serve-pix/pix-message.js';
import { findFedId } from './find-fed-id.js';
import { type FedPatient, readDescription } from './read-fed-patient.js';

/** What a feed says of one patient: who it is, and with whom it is one (ADT A40). */
export interface Fed {
  readonly observed: FedPatient;
  readonly merged: LocalPatientKey | null;
}

export type Feed =
  | { readonly ok: true; readonly patients: readonly Fed[] }
  | { readonly ok: false; readonly errors: readonly MessageError[] };

/** Reads all patients of a message, or what is wrong: of a message in which anything is wrong, nothing is taken. */
export function readFeed(message: PixMessage, file: PixFile, now: Date): Feed {
  const groups = patientGroups(message.message.segments);
  if (groups.length === 0) return { ok: false, errors: [{ code: 100, location: ['PID', 1] }] };
  const isMerge = message.header.type === 'ADT^A40';
  const observedAt = saidAt(message, file.timeZone) ?? now.toISOString();
  const read = groups.map((group, at) => readGroup(message, file, group, at + 1, isMerge, observedAt));
  const errors = read.flatMap((one) => ('code' in one ? [one] : []));
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, patients: read.flatMap((one) => ('code' in one ? [] : [one])) };
}

interface Group {
  readonly pid: Segment;
  readonly mrg: Segment | undefined;
}

/** A40 may repeat PID, PD1 and MRG (HL7 2.3.1 section 3.3.40); of other messages the first patient is the only one. */
function patientGroups(segments: readonly Segment[]): Group[] {
  const starts = segments.flatMap(({ name }, at) => (name === 'PID' ? [at] : []));
  return starts.flatMap((start, at) => {
    const [pid, ...others] = segments.slice(start, starts[at + 1]);
    return pid === undefined ? [] : [{ pid, mrg: others.find(({ name }) => name === 'MRG') }];
  });
}

function readGroup(
  { message, partner, charsetGuessed }: PixMessage,
  { authorities }: PixFile,
  { pid, mrg }: Group,
  sequence: number,
  isMerge: boolean,
  observedAt: string,
): Fed | MessageError {
  const found = findFedId(valuesIn(message, [pid], 'PID', 3), ['PID', sequence, 3], partner, authorities);
  if ('error' in found) return found.error;
  const { patient } = found;
  const description = readDescription(message, pid, patient.id, charsetGuessed);
  const observed = { hospital: patient.hospital, patient, studyInstanceUid: null, observedAt, ...description };
  if (!isMerge) return { observed, merged: null };
  if (mrg === undefined) return { code: 100, location: ['MRG', sequence] };
  const merged = findFedId(valuesIn(message, [mrg], 'MRG', 1), ['MRG', sequence, 1], partner, authorities);
  return 'error' in merged ? merged.error : { observed, merged: merged.patient };
}

/** When it was so: EVN-6, EVN-2, or when the message was written. */
function saidAt(message: PixMessage, timeZone: string): string | undefined {
  const places = [
    ['EVN', 6],
    ['EVN', 2],
    ['MSH', 7],
  ] as const;
  for (const [segment, field] of places) {
    const read = readTimestamp(textOf(message, segment, field), timeZone);
    if (read !== undefined) return read;
  }
  return undefined;
}

import { decodeMessage, parseMessage, readHeader } from '@yinglian/hl7';
import type { Fact, Facts } from './facts.js';
import { FieldReader } from './field-reader.js';
import { findSender, isIgnored } from './find-sender.js';
import type { Hl7Settings } from './hl7-settings.js';
import { type HoldKeys, keysOf, NO_KEYS } from './hold-keys.js';
import { orderGroups } from './order-groups.js';
import type { Problem } from './park-reasons.js';
import { isVisitEvent, MERGE_EVENTS, PATIENT_EVENTS, readEncounter, readMerge } from './read-encounter.js';
import { readOrder } from './read-exam.js';
import { readPatient } from './read-patient.js';
import { isReferralEvent, readReferral } from './read-referral.js';
import { readReport } from './read-report.js';

/** What a message means at a hospital: facts, nothing that it wants to know, or something that a person has to mend. */
export type Reading =
  | { readonly kind: 'facts'; readonly facts: Facts; readonly keys: HoldKeys }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'parked'; readonly problem: Problem; readonly keys: HoldKeys };

/** Reads a message as its sender writes them. `receivedAt` stands in for a time that the sender does not say. */
export function readFacts(bytes: Buffer, settings: Hl7Settings, receivedAt: string): Reading {
  const header = readHeader(bytes);
  if (header === undefined) return parked('HEADER_UNREADABLE', 'MSH');
  const { type } = header;
  const sender = findSender(settings.senders, header.sendingApplication, header.sendingFacility);
  if (sender === undefined) return parked('SENDER_UNKNOWN', 'MSH-3');
  if (isIgnored(sender, type)) return { kind: 'ignored' };
  const { text, guessed, broken } = decodeMessage(bytes, sender.charset);
  const message = parseMessage(text);
  if (message === undefined) return parked('HEADER_UNREADABLE', 'MSH');
  if (broken) return parked('CHARSET_UNREADABLE', 'MSH-18');
  const fields = FieldReader.of(message, sender, settings.timeZone);
  const recordedAt = fields.instant('recordedAt') ?? receivedAt;
  const read = READERS.find(({ reads }) => reads(type));
  if (read === undefined) return parked('TYPE_UNKNOWN', 'MSH-9');
  const patient = readPatient(fields, guessed);
  const facts = read.facts(fields, type, recordedAt);
  const isMasterOfPatients = type.startsWith('ADT');
  const keys = keysOf(patient, facts);
  const [problem] = fields.problems;
  if (problem !== undefined) return { kind: 'parked', problem, keys };
  return { kind: 'facts', facts: { patient, isMasterOfPatients, recordedAt, facts }, keys };
}

const parked = (reason: Problem['reason'], place: string): Reading => ({
  kind: 'parked',
  problem: { reason, place },
  keys: NO_KEYS,
});

interface Reader {
  reads(type: string): boolean;
  facts(fields: FieldReader, type: string, recordedAt: string): readonly Fact[];
}

const triggerOf = (type: string) => type.split('^')[1] ?? '';

const READERS: readonly Reader[] = [
  {
    reads: (type) => type.startsWith('ADT^') && isVisitEvent(triggerOf(type)),
    facts: (fields, type, recordedAt) => {
      const trigger = triggerOf(type);
      return isVisitEvent(trigger) ? readEncounter(fields, trigger, recordedAt) : [];
    },
  },
  { reads: (type) => type.startsWith('ADT^') && PATIENT_EVENTS.includes(triggerOf(type)), facts: () => [] },
  { reads: (type) => type.startsWith('ADT^') && MERGE_EVENTS.includes(triggerOf(type)), facts: readMerge },
  {
    reads: (type) => type.startsWith('REF^') && isReferralEvent(triggerOf(type)),
    facts: (fields, type) => {
      const trigger = triggerOf(type);
      return isReferralEvent(trigger) ? readReferral(fields, trigger) : [];
    },
  },
  { reads: (type) => ['ORM^O01', 'OMI^O23'].includes(type), facts: (...of) => readGroups(readOrder, ...of) },
  { reads: (type) => type === 'ORU^R01', facts: (...of) => readGroups(readReport, ...of) },
];

function readGroups(
  read: typeof readOrder | typeof readReport,
  fields: FieldReader,
  _type: string,
  recordedAt: string,
) {
  const groups = orderGroups(fields.segments);
  if (groups.length === 0) fields.note('ORDER_MISSING', 'OBR');
  return groups.map((group) => read(fields, group, recordedAt));
}

import { Uid } from '@yinglian/contracts';
import { type DicomJson, STATUS, type WrittenElement } from '@yinglian/dicom';
import { z } from 'zod';
import type { InstanceNames, KnownFate } from '../storage/instance-fates.store.js';

/** Storage Commitment Push Model (PS3.4 section J.3), and its one instance that everybody knows. */
export const STORAGE_COMMITMENT = '1.2.840.10008.1.20.1';
export const STORAGE_COMMITMENT_INSTANCE = '1.2.840.10008.1.20.1.1';
export const REQUEST_COMMITMENT = 1;
const ALL_COMMITTED = 1;
const SOME_FAILED = 2;

const TAG = {
  transactionUid: 0x00081195,
  failureReason: 0x00081197,
  failedSequence: 0x00081198,
  referencedSequence: 0x00081199,
  referencedClass: 0x00081150,
  referencedInstance: 0x00081155,
};

/** A device asks whether the province is answerable for these instances. */
export interface CommitmentRequest {
  readonly transactionUid: string;
  readonly instances: readonly InstanceNames[];
}

const value = z.object({ Value: z.tuple([Uid]) }).transform(({ Value: [uid] }) => uid);
const Item = z
  .object({ '00081150': value, '00081155': value })
  .transform((item) => ({ sopClassUid: item['00081150'], sopInstanceUid: item['00081155'] }));
const Action = z
  .object({ '00081195': value, '00081199': z.object({ Value: z.array(Item).min(1) }) })
  .transform((action) => ({ transactionUid: action['00081195'], instances: action['00081199'].Value }));

/** Reads the Action Information (PS3.4 table J.3-1). Undefined when something that is needed is missing or no UID. */
export const commitmentRequestOf = (information: DicomJson): CommitmentRequest | undefined =>
  Action.safeParse(information).data;

/** Failure Reason (0008,1197), PS3.3 section C.14.1.1. */
export const FAILURE_REASONS = [STATUS.processingFailure, STATUS.noSuchInstance, STATUS.classInstanceConflict] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

export interface CommitmentReport {
  readonly transactionUid: string;
  readonly committed: readonly InstanceNames[];
  readonly failed: readonly (InstanceNames & { readonly reason: FailureReason })[];
}

/** A report on a request, by the request's number. */
export type NumberedReport = readonly [request: number, report: CommitmentReport];

/** What is known of one instance: `waiting` for the registry, decided, or nothing. */
export type Knowledge = KnownFate | 'waiting' | undefined;

/** Undefined while there is something to wait for; when it is overdue, nothing is. */
export function decide(
  { transactionUid, instances }: CommitmentRequest,
  knowledgeOf: (sopInstanceUid: string) => Knowledge,
  isOverdue: boolean,
): CommitmentReport | undefined {
  const committed: InstanceNames[] = [];
  const failed: CommitmentReport['failed'][number][] = [];
  for (const instance of instances) {
    const known = knowledgeOf(instance.sopInstanceUid);
    if (known === 'waiting' && !isOverdue) return undefined;
    const reason = reasonAgainst(instance, known);
    if (reason === undefined) committed.push(instance);
    else failed.push({ ...instance, reason });
  }
  return { transactionUid, committed, failed };
}

/** Success is for what the registry has committed and serves, and nothing else is. */
function reasonAgainst({ sopClassUid }: InstanceNames, known: Knowledge): FailureReason | undefined {
  if (known === undefined) return STATUS.noSuchInstance;
  if (known === 'waiting') return STATUS.processingFailure;
  if (known.sopClassUid !== sopClassUid) return STATUS.classInstanceConflict;
  return known.fate === 'registered' ? undefined : STATUS.processingFailure;
}

export const eventTypeOf = ({ failed }: CommitmentReport) => (failed.length === 0 ? ALL_COMMITTED : SOME_FAILED);

/** The Event Information (PS3.4 table J.3-2). */
export function eventInformationOf({ transactionUid, committed, failed }: CommitmentReport): WrittenElement[] {
  const sequence = (tag: number, items: readonly WrittenElement[][]): WrittenElement[] =>
    items.length === 0 ? [] : [{ tag, vr: 'SQ', value: items }];
  return [
    { tag: TAG.transactionUid, vr: 'UI', value: transactionUid },
    ...sequence(
      TAG.failedSequence,
      failed.map(({ reason, ...instance }) => [
        ...namesOf(instance),
        { tag: TAG.failureReason, vr: 'US', value: uint16(reason) },
      ]),
    ),
    ...sequence(TAG.referencedSequence, committed.map(namesOf)),
  ];
}

const namesOf = ({ sopClassUid, sopInstanceUid }: InstanceNames): WrittenElement[] => [
  { tag: TAG.referencedClass, vr: 'UI', value: sopClassUid },
  { tag: TAG.referencedInstance, vr: 'UI', value: sopInstanceUid },
];

function uint16(number: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(number);
  return bytes;
}

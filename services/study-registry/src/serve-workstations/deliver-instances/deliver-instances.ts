import { type InquiryAnswer, STATUS, writeDataSet } from '@yinglian/dicom';
import type { StoredInstance } from '../../storage/study-contents.js';
import { TAG } from '../identifier.js';
import type { ChosenInstances } from './choose-instances.js';

/** What became of one C-STORE sub-operation. */
export type Delivered = 'completed' | 'warning' | 'failed';

/** A value of a short VR, which the list is in explicit VR, has at most 64 KiB. */
const LONGEST_LIST_BYTES = 65_534;

/**
 * Sends one instance after the other, and counts (PS3.4 sections C.4.2.1.6 and C.4.3.1.5). What `send` throws breaks off.
 * @param transferSyntaxUid of the answers
 */
export async function* deliverInstances(
  { instances, refusals }: ChosenInstances,
  send: (instance: StoredInstance) => Promise<Delivered>,
  { transferSyntaxUid, signal }: { readonly transferSyntaxUid: string; readonly signal: AbortSignal },
): AsyncGenerator<InquiryAnswer, InquiryAnswer> {
  const counts = { completed: 0, failed: refusals.length, warning: 0 };
  const failed: string[] = [];
  const list = () => (failed.length === 0 ? {} : { dataSet: failedList(failed, transferSyntaxUid) });
  for (const [place, instance] of instances.entries()) {
    const remaining = instances.length - place;
    if (signal.aborted) return { status: STATUS.cancelled, subOperations: { remaining, ...counts }, ...list() };
    const delivered = await send(instance);
    counts[delivered] += 1;
    if (delivered === 'failed') failed.push(instance.sopInstanceUid);
    if (remaining > 1) yield { status: STATUS.pending, subOperations: { remaining: remaining - 1, ...counts } };
  }
  const [reason] = refusals;
  return { status: statusOf(counts), subOperations: counts, ...(reason && { comment: reason }), ...list() };
}

function statusOf({ completed, failed, warning }: Record<Delivered, number>) {
  if (failed === 0 && warning === 0) return STATUS.success;
  return completed + warning === 0 ? STATUS.subOperationsNotPerformed : STATUS.subOperationsFailed;
}

/** Failed SOP Instance UID List; of more than a value holds, the first ones. */
function failedList(uids: readonly string[], transferSyntaxUid: string): Buffer {
  let value = '';
  for (const uid of uids) {
    const longer = value === '' ? uid : `${value}\\${uid}`;
    if (longer.length > LONGEST_LIST_BYTES) break;
    value = longer;
  }
  return writeDataSet([{ tag: Number.parseInt(TAG.failedInstances, 16), vr: 'UI', value }], transferSyntaxUid);
}

const isWarning = (status: number) => status >= 0xb000 && status <= 0xbfff;

/** What the answer to a C-STORE says of it (PS3.4 section B.2.3). */
export function deliveredBy(status: number): Delivered {
  if (status === STATUS.success) return 'completed';
  return isWarning(status) ? 'warning' : 'failed';
}

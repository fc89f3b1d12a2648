import { setTimeout as pause } from 'node:timers/promises';
import { type CtSeries, ctSeries } from '@yinglian/testing';
import type { OfferedImages } from './offered-images.js';
import { pynetdicomSender } from './pynetdicom.sender.js';
import { rawSender } from './raw.sender.js';
import type { Sender } from './sender.js';
import { storescuSender } from './storescu.sender.js';
import { stowSender } from './stow.sender.js';
import { type Device, type StudyPlan, studyPlan, type Way } from './study-plan.js';
import type { Target } from './target.js';

const SENDERS: Readonly<Record<Way, Sender>> = {
  storescu: storescuSender,
  pynetdicom: pynetdicomSender,
  'STOW-RS': stowSender,
  'raw PDUs': rawSender,
};

/** Devices wait before they send again. */
const AGAIN_AFTER_MS = 400;

export interface Sending {
  readonly seed: number;
  readonly target: Target;
  readonly offered: OfferedImages;
  /** No further study is begun after it; the one under way is sent until it is acknowledged. */
  readonly ending: AbortSignal;
  /** Devices give up after it. */
  readonly over: AbortSignal;
}

/** Sends one study after the other, each until all of it was acknowledged. */
export async function runDevice(device: Device, sending: Sending): Promise<void> {
  for (let place = 0; !sending.ending.aborted; place += 1) {
    const plan = studyPlan(sending.seed, device, place);
    const series = ctSeries(plan.slices, plan.patientId, plan.chance);
    sending.offered.offer(device.hospital, series);
    await sendUntilAcknowledged(SENDERS[device.way], series, plan, sending);
    await pause(plan.pauseMs, undefined, { signal: sending.ending }).catch(() => undefined);
  }
}

async function sendUntilAcknowledged(
  send: Sender,
  { slices }: CtSeries,
  plan: StudyPlan,
  { target, offered, over }: Sending,
): Promise<void> {
  const missing = () => slices.filter(({ sopInstanceUid }) => !offered.isAcknowledged(sopInstanceUid));
  const carry = (batch: CtSeries['slices']) => send(target, batch, offered.acknowledge);
  await Promise.all([carry(slices), plan.twiceAtOnce ? carry(slices) : undefined]);
  while (missing().length > 0 && !over.aborted) {
    await pause(AGAIN_AFTER_MS);
    await carry(plan.resends === 'everything' ? slices : missing());
  }
  if (plan.onceMore && !over.aborted) await carry(slices);
}

import { setTimeout as pause } from 'node:timers/promises';
import { MllpClient } from '@yinglian/hl7';
import type { Hospital } from '../schedule/fault.js';
import { type MessagePlan, messagePlan } from './message-plan.js';
import type { OfferedMessages } from './offered-messages.js';

const AGAIN_AFTER_MS = 300;
const ANSWER_TIMEOUT_MS = 20_000;

export interface HisSending {
  readonly seed: number;
  readonly hospital: Hospital;
  readonly port: number;
  readonly offered: OfferedMessages;
  /** No further message is begun after it; the one under way is sent until it is acknowledged. */
  readonly ending: AbortSignal;
  /** It gives up after it. */
  readonly over: AbortSignal;
}

/** Sends one message after the other over MLLP, each until it was acknowledged with AA. */
export async function runHis(sending: HisSending): Promise<void> {
  for (let place = 0; !sending.ending.aborted; place += 1) {
    const plan = messagePlan(sending.seed, sending.hospital, place);
    sending.offered.offer(plan.encounterId);
    await sendUntilAcknowledged(plan, sending);
    await pause(plan.pauseMs, undefined, { signal: sending.ending }).catch(() => undefined);
  }
}

async function sendUntilAcknowledged(plan: MessagePlan, { port, offered, over }: HisSending): Promise<void> {
  const carry = async () => {
    if (await isAccepted(port, plan.text)) offered.acknowledge(plan.encounterId);
  };
  await Promise.all([carry(), plan.twiceAtOnce ? carry() : undefined]);
  while (!offered.isAcknowledged(plan.encounterId) && !over.aborted) {
    await pause(AGAIN_AFTER_MS);
    await carry();
  }
  if (plan.onceMore && !over.aborted) await carry();
}

/** Whether the message was answered with AA, on a connection of its own. */
async function isAccepted(port: number, text: string): Promise<boolean> {
  const client = await MllpClient.connect(port).catch(() => undefined);
  if (client === undefined) return false;
  const givingUp = setTimeout(() => client.close(), ANSWER_TIMEOUT_MS);
  try {
    const answer = (await client.send(Buffer.from(text))).toString();
    return /\rMSA\|AA\|/.test(answer);
  } catch {
    return false;
  } finally {
    clearTimeout(givingUp);
    client.close();
  }
}

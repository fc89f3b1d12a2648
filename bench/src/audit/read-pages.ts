import { setTimeout as pause } from 'node:timers/promises';
import type { LoneConsentAudit } from '../peers/lone-consent-audit.js';
import { personOf } from './fill-accesses.js';

/** Of what is asked, the first ones that are not counted. */
export const WARM_UP = 200;

/** Milliseconds of each, one after the other; those of the warm-up are left out. */
export async function timesOf(count: number, ask: (n: number) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < WARM_UP + count; n += 1) {
    const startedAt = performance.now();
    await ask(n);
    if (n >= WARM_UP) times.push(performance.now() - startedAt);
  }
  return times;
}

/** Milliseconds of persons' pages that are read one after the other until the work is done. */
export async function readWhile(audit: LoneConsentAudit, work: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  let going = true;
  const reading = (async () => {
    for (let n = 0; going; n += 1) {
      const startedAt = performance.now();
      await readPage(audit, n);
      times.push(performance.now() - startedAt);
      await pause(20);
    }
  })();
  await Promise.race([work(), reading]);
  going = false;
  await reading;
  return times;
}

/** A person's page, as an auditor reads it. Throws for a wrong one. */
export async function readPage(audit: LoneConsentAudit, n: number): Promise<void> {
  const person = personOf(n * 37);
  const page = await (await audit.get(`accesses?limit=50&personId=${person}`)).json();
  const { items } = page as { items: { personId: string }[] };
  if (items.length === 0 || items.some(({ personId }) => personId !== person)) throw new Error('A page is wrong');
}

import type { LoneConsentAudit } from '../peers/lone-consent-audit.js';
import { readWhile } from './read-pages.js';
import { countKept, sealed } from './sealed.js';
import { tellAccesses } from './tell-accesses.js';

/** Records that are told. */
export const TOLD = 60_000;
/** What has to be borne, and so long. */
const GOAL_PER_SECOND = 2_000;
const GOAL_SECONDS = 20;

/** Records a second until they are signed when as many come as can, and milliseconds of pages that are read meanwhile. */
export async function appendWhileReading(audit: LoneConsentAudit) {
  const tell = await tellAccesses(audit.eventLogUrl, TOLD);
  const kept = await countKept(audit.database);
  const startedAt = performance.now();
  const busyReads = await readWhile(audit, async () => {
    await tell();
    // Each search of an auditor is a record too.
    await sealed(audit, kept + TOLD);
  });
  return { append: (1_000 * TOLD) / (performance.now() - startedAt), busyReads };
}

/** Milliseconds of pages while as many records come as have to be borne. */
export async function readAtGoal(audit: LoneConsentAudit): Promise<number[]> {
  const told = GOAL_SECONDS * GOAL_PER_SECOND;
  const kept = await countKept(audit.database);
  const times = await readWhile(audit, await tellAccesses(audit.eventLogUrl, told, GOAL_PER_SECOND));
  await sealed(audit, kept + told);
  return times;
}

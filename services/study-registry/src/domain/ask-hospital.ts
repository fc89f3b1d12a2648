import type { AnsweredRequest } from './request-progress.js';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/**
 * Whether a hospital is to be asked for a study whose images are damaged: at most once a week. What it fetched has an hour to come;
 * what is not healed by then came otherwise than it was, or not at all.
 */
export function askHospital(last: AnsweredRequest | undefined, now: Date): 'ask' | 'wait' | 'in vain' {
  if (last === undefined || now.getTime() - last.requestedAt.getTime() > WEEK_MS) return 'ask';
  if (last.state === 'open') return 'wait';
  const isComing = last.state === 'fetched' && now.getTime() - (last.answeredAt?.getTime() ?? 0) < HOUR_MS;
  return isComing ? 'wait' : 'in vain';
}

import type { Options } from './options.js';
import type { Offered } from './send/offered.js';

export interface ChaosResult {
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
}

/** The last words of a run, for people. */
export function summary(
  { minutes, seed, events }: Options,
  { images, messages }: Offered,
  result: ChaosResult,
): string {
  const { studies } = images;
  const sent = studies.reduce((sum, study) => sum + study.images.length, 0);
  const rows: readonly (readonly [string, number])[] = [
    ['kills', result.kills],
    ['studies sent', studies.length],
    ['images sent', sent],
    ['images acknowledged', images.acknowledgedCount],
    ['messages sent', messages.all.size],
    ['messages acknowledged', messages.acknowledgedCount],
    ['lost', result.lost],
    ['doubled', result.doubled],
  ];
  const command = `npm run chaos -- --minutes ${minutes} --seed ${seed}${events === 'kafka' ? ' --events kafka' : ''}`;
  return ['', ...rows.map(([name, count]) => `${String(count).padStart(8)}  ${name}`), '', `again: ${command}`].join(
    '\n',
  );
}

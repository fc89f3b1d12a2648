import type { Options } from './options.js';
import type { OfferedImages } from './send/offered-images.js';

export interface ChaosResult {
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
}

/** The last words of a run, for people. */
export function summary({ minutes, seed, events }: Options, { studies }: OfferedImages, result: ChaosResult): string {
  const images = studies.reduce((sum, study) => sum + study.images.length, 0);
  const rows: readonly (readonly [string, number])[] = [
    ['kills', result.kills],
    ['studies sent', studies.length],
    ['images sent', images],
    ['images acknowledged', result.acknowledged],
    ['lost', result.lost],
    ['doubled', result.doubled],
  ];
  const command = `npm run chaos -- --minutes ${minutes} --seed ${seed}${events === 'kafka' ? ' --events kafka' : ''}`;
  return ['', ...rows.map(([name, count]) => `${String(count).padStart(8)}  ${name}`), '', `again: ${command}`].join(
    '\n',
  );
}

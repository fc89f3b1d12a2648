import type { Hospital } from '../schedule/fault.js';
import { Random } from '../schedule/random.js';

/** How a device sends. */
export type Way = 'storescu' | 'pynetdicom' | 'STOW-RS' | 'raw PDUs';

export interface Device {
  readonly name: string;
  readonly hospital: Hospital;
  readonly way: Way;
}

export const DEVICES: readonly Device[] = [
  { name: 'ct-1', hospital: 'H001', way: 'storescu' },
  { name: 'ct-2', hospital: 'H002', way: 'pynetdicom' },
  { name: 'pacs-1', hospital: 'H001', way: 'STOW-RS' },
  { name: 'ct-3', hospital: 'H002', way: 'raw PDUs' },
  { name: 'ct-4', hospital: 'H001', way: 'raw PDUs' },
];

/** What a device does with its next study. */
export interface StudyPlan {
  readonly patientId: string;
  readonly slices: number;
  /** What is sent again when something was not acknowledged: devices know either the series or its images. */
  readonly resends: 'everything' | 'what is missing';
  /** Whether two associations carry it at once, as when a modality and a PACS both send. */
  readonly twiceAtOnce: boolean;
  /** Whether it is sent once more when all of it was acknowledged. */
  readonly onceMore: boolean;
  readonly pauseMs: number;
  readonly chance: (below: number) => number;
}

/** The `place`th study of a device: it depends on the seed, the device and the place only. */
export function studyPlan(seed: number, device: Device, place: number): StudyPlan {
  const random = Random.of(seed, 'study', device.name, place);
  return {
    patientId: `C${random.below(1e9)}`,
    slices: random.between(3, 25),
    resends: random.oneIn(2) ? 'everything' : 'what is missing',
    twiceAtOnce: random.oneIn(4),
    onceMore: random.oneIn(4),
    pauseMs: random.between(300, 2_500),
    chance: random.below,
  };
}

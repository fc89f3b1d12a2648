import type { LineTrouble } from '@yinglian/testing';
import type { Fault, ScheduledFault } from './fault.js';
import { Random } from './random.js';

export interface ScheduleOptions {
  readonly minutes: number;
  readonly seed: number;
  readonly events: 'postgres' | 'kafka';
}

const GATEWAYS = ['gateway-H001', 'gateway-H002'] as const;
const LONGEST_ROUND_MS = 45_000;
/** The last part of each round belongs to those who come back. */
const TROUBLED = 0.8;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Faults in the order in which they begin; the same options give the same schedule. */
export function scheduleOf({ minutes, seed, events }: ScheduleOptions): ScheduledFault[] {
  const totalMs = minutes * MINUTE_MS;
  const rounds = Math.max(1, Math.round(totalMs / LONGEST_ROUND_MS));
  const roundMs = totalMs / rounds;
  return Array.from({ length: rounds }, (_, round) => {
    const random = Random.of(seed, 'schedule', round);
    const troubledMs = roundMs * TROUBLED;
    return [...kills(random, troubledMs, events), ...lastingFaults(random, troubledMs)]
      .map(({ atMs, fault }) => ({ atMs: Math.round(round * roundMs + atMs), fault }))
      .sort((one, other) => one.atMs - other.atMs);
  }).flat();
}

/** Every process is killed once a round, also while something else is wrong. */
function kills(random: Random, troubledMs: number, events: ScheduleOptions['events']): ScheduledFault[] {
  const victims = [
    ...GATEWAYS,
    'study-registry',
    'patient-index',
    'postgresql',
    ...(events === 'kafka' ? ['kafka'] : []),
  ];
  return victims.map((process) => ({ atMs: random.below(Math.floor(troubledMs)), fault: { kind: 'kill', process } }));
}

/** One after the other, each put right before the next begins. */
function lastingFaults(random: Random, troubledMs: number): ScheduledFault[] {
  const kinds: readonly ((forMs: number) => Fault)[] = [
    ...lineTroubles(random).map((trouble) => (forMs: number) => ({ kind: 'line', forMs, trouble }) as const),
    (forMs) => ({ kind: 'full disk', forMs, process: random.pick(GATEWAYS) }),
    (forMs) => ({ kind: 'full disk', forMs, process: 'study-registry' }),
    (forMs) => ({ kind: 'clock', forMs, process: random.pick(GATEWAYS), byMs: leap(random) }),
    (forMs) => ({ kind: 'clock', forMs, process: 'study-registry', byMs: leap(random) }),
  ];
  const roomMs = Math.floor(troubledMs / kinds.length);
  return random.shuffled(kinds).map((faultOf, place) => {
    const forMs = random.between(Math.floor(roomMs * 0.3), Math.floor(roomMs * 0.8));
    return { atMs: place * roomMs + random.below(roomMs - forMs), fault: faultOf(forMs) };
  });
}

const lineTroubles = (random: Random): readonly LineTrouble[] => [
  { kind: 'cut' },
  { kind: 'breaking', afterBytes: random.between(2, 4_000) * 1000 },
  { kind: 'slow', latencyMs: random.between(20, 200), bytesPerSecond: random.between(50, 2_000) * 1000 },
  { kind: 'black hole' },
];

const leap = (random: Random) => random.pick([-DAY_MS, -10 * MINUTE_MS, 10 * MINUTE_MS, DAY_MS]);

export type Place = 'primary' | 'replica';
export type DamageState = 'damaged' | 'unhealable' | 'healed';

export interface ScrubbedPlace {
  readonly place: Place;
  readonly address: string;
  readonly trouble: 'STORE_AWAY' | 'STORE_NOT_KNOWN' | 'FAILED' | null;
  readonly troubleSince: string | null;
  /** Read within the period, from 0 to 1. */
  readonly verifiedShare: number;
  readonly everVerifiedShare: number;
  readonly oldestVerification: string | null;
}

export interface ScrubDay {
  readonly day: string;
  readonly place: Place;
  readonly packs: number;
  readonly bytes: number;
  readonly damaged: number;
  readonly healed: number;
}

export interface Scrub {
  readonly periodDays: number;
  readonly bytesPerSecond: number;
  readonly storedBytes: number;
  readonly places: readonly ScrubbedPlace[];
  readonly damaged: number;
  readonly unhealable: number;
  readonly healed: number;
  readonly backlog: { readonly packs: number; readonly oldest: string | null } | null;
  readonly days: readonly ScrubDay[];
}

export interface Damage {
  readonly damageId: number;
  readonly place: Place;
  readonly digest: string;
  readonly object: 'pack' | 'commit' | 'outline' | 'document';
  readonly damage: 'missing' | 'too-short' | 'digest-differs' | 'unreadable';
  readonly foundBy: 'scrubber' | 'retrieval' | 'operator' | 'copy';
  readonly foundAt: string;
  readonly state: DamageState;
  readonly reason:
    | 'NO_REPLICA'
    | 'OTHER_COPY_DAMAGED'
    | 'OTHER_STORE_AWAY'
    | 'STORE_FULL'
    | 'STORE_REFUSES'
    | 'ASKED_HOSPITAL'
    | 'HOSPITAL_HAS_NONE'
    | '';
  readonly healedFrom: Place | 'database' | 'hospital' | null;
  readonly healedAt: string | null;
}

const DAY_SECONDS = 24 * 3_600;

/** Days that a reading of everything takes at the rate that is set; of two stores each is read. */
export const daysOfReading = ({ storedBytes, places, bytesPerSecond }: Scrub): number =>
  (storedBytes * Math.max(1, places.length)) / bytesPerSecond / DAY_SECONDS;

/** Bytes that were read on each of the last days, both stores together, today last. */
export function bytesByDay(days: readonly ScrubDay[], today: string, count: number): number[] {
  const sums = Map.groupBy(days, ({ day }) => day);
  const last = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: count }, (_, at) => {
    const day = new Date(last - (count - 1 - at) * DAY_SECONDS * 1000).toISOString().slice(0, 10);
    return (sums.get(day) ?? []).reduce((sum, { bytes }) => sum + bytes, 0);
  });
}

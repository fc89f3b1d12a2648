export type Kind = 'receive' | 'find' | 'retrieve';

export interface Minute {
  readonly minute: string;
  readonly kind: Kind;
  readonly requests: number;
  readonly failures: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

export interface SlowSearch {
  readonly at: string;
  readonly route: string;
  readonly keys: readonly string[];
  readonly milliseconds: number;
}

export interface StorageTotal {
  readonly hospital: string;
  readonly modality: string;
  readonly packs: number;
  readonly instances: number;
  readonly bytes: number;
}

/** What is stored compact: bytes as they came, and as they are stored. */
export interface Recompression {
  readonly packs: number;
  readonly bytes: number;
  readonly storedBytes: number;
  /** From 0 to 1; null where nothing is. */
  readonly saving: number | null;
}

/** What a hospital keeps of its images until somebody opens them. */
export interface KeptAtHospital {
  readonly hospital: string;
  /** Null for some, fewer than are told. */
  readonly studies: number | null;
  readonly bytes: number;
  readonly awaited: number | null;
  readonly failed: number;
  /** Of packs that had come and were let go again, ever. */
  readonly releasedPacks: number;
  readonly releasedBytes: number;
}

export interface Operations {
  readonly since: string;
  readonly minutes: readonly Minute[];
  readonly slowest: readonly SlowSearch[];
  readonly storage: readonly StorageTotal[];
  readonly recompression: Recompression;
  readonly atHospitals: readonly KeptAtHospital[];
  /** Cases are null where they are fewer than are told. */
  readonly quarantine: readonly { readonly hospital: string; readonly cases: number | null }[];
  readonly fewerThan: number;
}

export interface Traffic {
  readonly requests: number;
  readonly failures: number;
  readonly bytes: number;
  /** Of a request; null where there was none. */
  readonly meanMs: number | null;
  /** Bytes, for searches requests, a second, in equal parts of the period, the newest last. */
  readonly perSecond: readonly number[];
}

/** What one kind of request came to in the period. */
export function trafficOf(minutes: readonly Minute[], kind: Kind, from: number, until: number, parts: number): Traffic {
  const length = (until - from) / parts;
  const sums: number[] = Array.from({ length: parts }, () => 0);
  let [requests, failures, bytes, milliseconds] = [0, 0, 0, 0];
  for (const minute of minutes) {
    if (minute.kind !== kind) continue;
    requests += minute.requests;
    failures += minute.failures;
    bytes += minute.bytes;
    milliseconds += minute.milliseconds;
    const part = Math.min(parts - 1, Math.max(0, Math.floor((Date.parse(minute.minute) - from) / length)));
    sums[part] = (sums[part] ?? 0) + (kind === 'find' ? minute.requests : minute.bytes);
  }
  return {
    requests,
    failures,
    bytes,
    meanMs: requests === 0 ? null : milliseconds / requests,
    perSecond: sums.map((sum) => sum / (length / 1000)),
  };
}

export interface HospitalStorage {
  readonly hospital: string;
  readonly bytes: number;
  readonly instances: number;
  readonly modalities: readonly StorageTotal[];
}

/** Hospitals by what they take, the largest first; so are the modalities of each. */
export const storageByHospital = (totals: readonly StorageTotal[]): HospitalStorage[] =>
  [...Map.groupBy(totals, ({ hospital }) => hospital)]
    .map(([hospital, modalities]) => ({
      hospital,
      bytes: sumOf(modalities, ({ bytes }) => bytes),
      instances: sumOf(modalities, ({ instances }) => instances),
      modalities: [...modalities].sort((a, b) => b.bytes - a.bytes),
    }))
    .sort((a, b) => b.bytes - a.bytes);

export interface Tiers {
  /** Stored as they came. */
  readonly hotBytes: number;
  /** Stored compact: as they came. */
  readonly coldBytes: number;
  readonly coldStoredBytes: number;
  /** Whole per cent of cold bytes. */
  readonly savedPercent: number;
}

/** Null where everything is stored as it came. What is at hospitals is stored there. */
export function tiersOf({
  storage,
  recompression: { bytes, storedBytes, saving },
  atHospitals,
}: Pick<Operations, 'storage' | 'recompression' | 'atHospitals'>): Tiers | null {
  if (saving === null) return null;
  const bytesOf = (parts: readonly { readonly bytes: number }[]) => sumOf(parts, (part) => part.bytes);
  return {
    hotBytes: Math.max(0, bytesOf(storage) - bytesOf(atHospitals) - bytes),
    coldBytes: bytes,
    coldStoredBytes: storedBytes,
    savedPercent: Math.floor(saving * 100),
  };
}

export const sumOf = <T>(values: readonly T[], of: (value: T) => number): number =>
  values.reduce((sum, value) => sum + of(value), 0);

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1.4 TB`, in powers of a thousand. */
export function bytesText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${UNITS[power]}`;
}

/** `2.4/s`; what is rarer by the minute, so that it is not shown as none. */
export const rateText = (perSecond: number): string =>
  perSecond === 0 || perSecond >= 0.1
    ? `${perSecond.toFixed(1)}/s`
    : `${(perSecond * 60).toFixed(perSecond < 0.002 ? 2 : 1)}/min`;

/** What a search of a route looks for. */
export function searchKind(route: string): 'timeline' | 'fhir' | 'studies' | 'series' | 'instances' {
  if (route.endsWith('/persons/:personId/studies')) return 'timeline';
  if (route.startsWith('/fhir/')) return 'fhir';
  return route.endsWith('/series') ? 'series' : route.endsWith('/instances') ? 'instances' : 'studies';
}

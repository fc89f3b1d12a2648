/** What a hospital's gateway signed of the audit log last. */
export interface Witness {
  readonly hospital: string;
  /** Null before the first one. */
  readonly witnessedAt: string | null;
}

/** A hospital that has not signed for so long is shown. */
const SILENT_AFTER_MS = 86_400_000;

export interface Watching {
  readonly witnessed: readonly string[];
  /** Hospitals that have signed nothing for a day, and when they did last. */
  readonly silent: readonly Witness[];
}

/** Which of the province's hospitals watch the audit log. */
export function watching(hospitals: readonly string[], witnesses: readonly Witness[], now: number): Watching {
  const all = hospitals.map((hospital): Witness => {
    return witnesses.find((witness) => witness.hospital === hospital) ?? { hospital, witnessedAt: null };
  });
  const isSilent = ({ witnessedAt }: Witness) =>
    witnessedAt === null || now - Date.parse(witnessedAt) > SILENT_AFTER_MS;
  return {
    witnessed: all.filter((witness) => !isSilent(witness)).map(({ hospital }) => hospital),
    silent: all.filter(isSilent),
  };
}

/** One study on a person's timeline, as study-registry shows it. */
export interface Study {
  readonly studyInstanceUid: string;
  readonly hospital: string;
  readonly state: 'arriving' | 'complete';
  readonly modalities: readonly string[];
  readonly bodyPart: string | null;
  readonly description: string | null;
  /** YYYYMMDD, as the images say */
  readonly studyDate: string | null;
  /** HHMMSS.FFFFFF or shorter */
  readonly studyTime: string | null;
  readonly accessionNumber: string | null;
  /** Texts were read in another character set than declared. */
  readonly charsetGuessed: boolean;
  /** Instances that can be opened now. */
  readonly instances: number;
  /** Instances that the hospital's gateway has taken, once it has said so. */
  readonly received: number | null;
  readonly arrivedAt: string;
  /** Whether the reader may open it now; otherwise the registry is asked, and says what is missing. */
  readonly mayOpen: boolean;
  /** The patient closed it; the reader sees it in an emergency. */
  readonly isClosed: boolean;
}

export interface Filter {
  readonly modality: string | null;
  readonly hospital: string | null;
}

export interface YearOfStudies {
  /** Null for studies without a date. */
  readonly year: string | null;
  readonly studies: readonly Study[];
}

/** Newest first, by the year of the study; what has no date comes last. */
export function byYear(studies: readonly Study[], { modality, hospital }: Filter): readonly YearOfStudies[] {
  const shown = studies
    .filter((study) => modality === null || study.modalities.includes(modality))
    .filter((study) => hospital === null || study.hospital === hospital)
    .toSorted((a, b) => instantOf(b).localeCompare(instantOf(a)));
  const years = new Map<string | null, Study[]>();
  for (const study of shown) {
    const year = study.studyDate?.slice(0, 4) || null;
    years.set(year, [...(years.get(year) ?? []), study]);
  }
  return [...years].map(([year, ofYear]) => ({ year, studies: ofYear }));
}

/** Values that occur, the most frequent first, with how often. */
export function occurrences(values: readonly string[]): readonly (readonly [value: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([a, m], [b, n]) => n - m || a.localeCompare(b));
}

/** 14:05, or nothing. */
export const shownTime = (time: string | null) =>
  time !== null && /^\d{4}/.test(time) ? `${time.slice(0, 2)}:${time.slice(2, 4)}` : '';

/** 03-17 */
export const shownDay = (date: string | null) =>
  date !== null && /^\d{8}$/.test(date) ? `${date.slice(4, 6)}-${date.slice(6, 8)}` : '–';

const instantOf = ({ studyDate, studyTime, arrivedAt }: Study) =>
  `${studyDate || '00000000'}${(studyTime ?? '').padEnd(6, '0')}${arrivedAt}`;

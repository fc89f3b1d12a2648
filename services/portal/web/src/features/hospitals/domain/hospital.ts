/** A member hospital as the directory shows it. */
export interface Hospital {
  readonly code: string;
  readonly name: string;
  readonly level: HospitalLevel;
  readonly creditCode: string | null;
  readonly aeTitle: string;
  readonly callingAeTitles: readonly string[];
  readonly pixels: HospitalPixels;
  /** Which state was read: a change of another one is refused. */
  readonly version: number;
}

/** Where its images are: with the province, or with it until somebody opens them. */
export type HospitalPixels = 'upload' | 'on-demand';

export const PIXELS: readonly HospitalPixels[] = ['upload', 'on-demand'];

export type HospitalLevel = 'provincial' | 'municipal' | 'county' | 'township';

export const LEVELS: readonly HospitalLevel[] = ['provincial', 'municipal', 'county', 'township'];

/** PS3.5 section 6.2, VR AE: up to 16 characters of the default repertoire without backslash. */
export const isAeTitle = (title: string) => /^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(title) && title.trim() !== '';

import type { Confidentiality } from '@yinglian/contracts';

/** In whole days, how long ago a hospital last had to do with a person. What it never had is absent. */
export interface Relationship {
  /** 0 while the person is visiting it. */
  readonly daysSinceVisit?: number;
  /** Since an exam was ordered there. */
  readonly daysSinceOrder?: number;
  /** Since it made a study. */
  readonly daysSinceStudy?: number;
}

/** The host service's answer to: what had the hospital to do with these persons? By person id; those it never met are left out. */
export interface Relationships {
  withHospital(hospital: string, personIds: readonly string[], at: Date): Promise<ReadonlyMap<string, Relationship>>;
}

/** The host service's answer to: which of these studies were ordered as restricted? By Study Instance UID; the others are left out. */
export interface Restrictions {
  of(studyInstanceUids: readonly string[]): Promise<ReadonlyMap<string, Restriction>>;
}

export type Restriction = Exclude<Confidentiality, 'normal'>;

export const RESTRICTIONS = Symbol('restrictions of studies');

export const RELATIONSHIPS = Symbol('relationships of hospitals with persons');

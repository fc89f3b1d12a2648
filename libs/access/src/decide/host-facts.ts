import type { Confidentiality } from '@yinglian/contracts';

/** In whole days, how long ago a hospital last had to do with a person. What it never had is absent. */
export interface Relationship {
  /** 0 while the person is visiting it. */
  readonly daysSinceVisit?: number;
  /** Since an exam was ordered there. */
  readonly daysSinceOrder?: number;
  /** Since another hospital referred the person to it, while the referral counts. */
  readonly daysSinceReferral?: number;
  /** Since it made a study. */
  readonly daysSinceStudy?: number;
}

export type Restriction = Exclude<Confidentiality, 'normal'>;

export interface AskedOfHost {
  /** Of the actor; null for who belongs to none. */
  readonly hospital: string | null;
  readonly personIds: readonly string[];
  readonly studyInstanceUids: readonly string[];
  readonly at: Date;
}

export interface KnownToHost {
  /** What the hospital had to do with these persons; those it never met are left out. */
  readonly relationships: ReadonlyMap<string, Relationship>;
  /** Which of these studies were ordered as restricted; the others are left out. */
  readonly restrictions: ReadonlyMap<string, Restriction>;
}

/** What the host service itself knows. One question, since it is asked for each study that is opened. */
export interface HostFacts {
  about(asked: AskedOfHost): Promise<KnownToHost>;
}

export const HOST_FACTS = Symbol('what the host service knows');

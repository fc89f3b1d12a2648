/** What is closed to whom: of all in general, or of one study. */
export interface Sharing {
  readonly studyInstanceUid: string;
  readonly hospital: string;
  /** YYYYMMDD */
  readonly studyDate: string | null;
  readonly modality: string | null;
  /** To all hospitals but the one that made it, and those that are named. */
  readonly closed: boolean;
  /** The last day of what is open, YYYY-MM-DD; null: no end. */
  readonly until: string | null;
  /** Hospitals that differ from that. */
  readonly except: readonly { readonly hospital: string; readonly until: string | null }[];
}

export interface SharingOfPerson {
  readonly all: Sharing;
  readonly studies: readonly Sharing[];
}

/** A study as its row calls it. */
export interface NamedStudy {
  readonly studyInstanceUid: string;
  readonly hospital: string;
  readonly date: string | null;
  readonly what: string;
}

export interface Proof {
  readonly kind: string;
  readonly reference: string;
  readonly deathCertificate?: string;
}

/** Whose word a clerk takes down, and by which document they saw who spoke. */
export interface AtDesk {
  readonly identity: Identity;
  readonly by: { readonly kind: Speaker; readonly proof?: Proof };
}

/** What is said; without a receiver of all other hospitals. */
export interface Saying {
  readonly decision: 'closes' | 'opens';
  readonly scope: { readonly kind: 'person' } | { readonly kind: 'study'; readonly studyInstanceUid: string };
  readonly receiver: string | null;
  /** The last day of what is opened, YYYY-MM-DD; null: no end. */
  readonly until: string | null;
}

/** One version of what was said. */
export interface Statement {
  readonly consentId: string;
  readonly decision: 'closes' | 'opens';
  readonly studyInstanceUid: string | null;
  readonly receiver: string | null;
  readonly by: { readonly kind: Speaker };
  readonly identity: string;
  readonly recordedAtHospital: string | null;
  readonly saidAt: string;
  readonly until: string | null;
  readonly endedAt: string | null;
}

export const IDENTITIES = ['resident-id', 'passport', 'residence-permit', 'social-security-card'] as const;
export type Identity = (typeof IDENTITIES)[number];

export type Speaker = 'patient' | 'guardian' | 'proxy' | 'heir';

/** By what each proves that they may speak for the patient. */
export const PROOFS = {
  patient: [],
  guardian: ['household-register', 'birth-certificate', 'guardianship-ruling'],
  proxy: ['power-of-attorney', 'notarised-authorisation'],
  heir: ['marriage-certificate', 'household-register', 'notarised-kinship'],
} as const satisfies Record<Speaker, readonly string[]>;

export const SPEAKERS = ['patient', 'guardian', 'proxy', 'heir'] as const;

/** 2026-03-17 */
export const shownDate = (date: string | null) =>
  date !== null && /^\d{8}$/.test(date) ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : null;

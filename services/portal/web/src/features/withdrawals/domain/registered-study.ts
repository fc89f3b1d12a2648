import type { StudyDecision } from './study-decision.js';

export type StudyNumber = 'accessionNumber' | 'patientId' | 'studyInstanceUid';

/** A study as study-registry has it, shown or not. */
export interface RegisteredStudy {
  readonly studyInstanceUid: string;
  readonly hospital: string;
  readonly patientName: string;
  readonly patientId: string;
  readonly studyDate: string;
  readonly accessionNumber: string;
  readonly description: string;
  readonly modalities: readonly string[];
  readonly instances: number;
  readonly shownInstances: number;
  readonly isWithdrawn: boolean;
  readonly isHeld: boolean;
}

export interface RegisteredSeries {
  readonly seriesInstanceUid: string;
  readonly modality: string;
  readonly seriesNumber: string;
  readonly description: string;
  readonly instances: number;
  readonly isWithdrawn: boolean;
  readonly withdrawnInstances: number;
}

export interface RegisteredInstance {
  readonly sopInstanceUid: string;
  readonly instanceNumber: string;
  readonly isWithdrawn: boolean;
}

/** What holds of a study, and how that came. */
export interface DecidedStudy {
  readonly isWithdrawn: boolean;
  readonly isHeld: boolean;
  readonly instances: number;
  readonly shownInstances: number;
  /** Null where the patient closed it to the province's commission. */
  readonly study: (RegisteredStudy & { readonly series: readonly RegisteredSeries[] }) | null;
  readonly decisions: readonly StudyDecision[];
}

import type {
  EncounterRecordedV1,
  EventData,
  OrderPlacedV1,
  ReferralRecordedV1,
  ReportPublishedV1,
} from '@yinglian/contracts';

export interface PatientKey {
  readonly issuer: string;
  readonly id: string;
}

import type { PatientDescription } from '../domain/patient-description.js';

/** A patient as a message describes them. */
export type DescribedPatient = PatientKey & {
  readonly description: PatientDescription;
};

type Encounter = EventData<typeof EncounterRecordedV1>;

export interface EncounterFact {
  readonly kind: 'encounter';
  readonly encounterId: string;
  readonly encounterClass: Encounter['encounterClass'] | null;
  /** Null: as it was. */
  readonly status: Encounter['status'] | null;
  readonly department: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

type Order = EventData<typeof OrderPlacedV1>;
export type OrderNumbers = Pick<Order, 'accessionNumber' | 'placerOrderNumber' | 'fillerOrderNumber'>;

/** What is said of an exam, by an order or a report. Null: nothing is. */
export interface ExamFact {
  readonly numbers: OrderNumbers;
  readonly item: Order['item'];
  readonly modality: string | null;
  readonly bodyPart: string | null;
  readonly studyInstanceUid: string | null;
  readonly encounterId: string | null;
  readonly department: string | null;
  readonly orderedAt: string | null;
  readonly performedAt: string | null;
  /** How many images its study has, as RIS counts them. */
  readonly imageCount: number | null;
}

export interface OrderFact extends ExamFact {
  readonly kind: 'order';
  readonly status: Order['status'];
  readonly priority: Order['priority'];
  /** Undefined where nothing is said, or nothing that is known: it stays as it was. */
  readonly confidentiality: Order['confidentiality'] | undefined;
}

export interface EmbeddedDocument {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export interface ReportFact extends ExamFact {
  readonly kind: 'report';
  readonly status: EventData<typeof ReportPublishedV1>['status'];
  readonly sections: readonly { readonly title: string; readonly text: string }[];
  readonly documents: readonly EmbeddedDocument[];
  readonly reportedAt: string;
}

export interface MergeFact {
  readonly kind: 'merge';
  readonly merged: PatientKey;
}

type Referral = EventData<typeof ReferralRecordedV1>;
export interface ReferralFact
  extends Pick<Referral, 'referralId' | 'referredTo' | 'status' | 'effectiveAt' | 'expiresAt'> {
  readonly kind: 'referral';
}

export type Fact = EncounterFact | ReferralFact | OrderFact | ReportFact | MergeFact;

/** What a message says. */
export interface Facts {
  readonly patient: DescribedPatient;
  /** The sender keeps the patients (ADT). Others describe a patient in passing, often shorter. */
  readonly isMasterOfPatients: boolean;
  readonly recordedAt: string;
  readonly facts: readonly Fact[];
}

import type { EventDefinition } from './event-definition.js';
import { AccessRecordedV1 } from './events/access-recorded.v1.js';
import { BreakGlassClosedV1, BreakGlassOpenedV1, BreakGlassReviewedV1 } from './events/break-glass.v1.js';
import { ConsentGrantedV1, ConsentWithdrawnV1, RelationshipDeclaredV1 } from './events/consent.v1.js';
import { AccountLinkedV1, AccountUnlinkedV1, ConsentEndedV1, ConsentGivenV1 } from './events/consent-given.v1.js';
import { DeedRecordedV1 } from './events/deed-recorded.v1.js';
import { DepartmentChangedV1, HospitalChangedV1, HospitalJoinedV1, StaffChangedV1 } from './events/directory.v1.js';
import { EncounterRecordedV1 } from './events/encounter-recorded.v1.js';
import { GatewayReportedV1 } from './events/gateway-reported.v1.js';
import { OrderPlacedV1 } from './events/order-placed.v1.js';
import { PatientDescribedV1 } from './events/patient-described.v1.js';
import { PatientMergedV1 } from './events/patient-merged.v1.js';
import { PatientObservedV1 } from './events/patient-observed.v1.js';
import { PatientObservedV2 } from './events/patient-observed.v2.js';
import { PatientObservedV3 } from './events/patient-observed.v3.js';
import { PersonLinkedV1 } from './events/person-linked.v1.js';
import { PersonLinkedV2 } from './events/person-linked.v2.js';
import { PersonsMergedV1, PersonsSplitV1 } from './events/persons-merged.v1.js';
import { PoliciesAdoptedV1 } from './events/policies-adopted.v1.js';
import { ReferralRecordedV1 } from './events/referral-recorded.v1.js';
import { ReportPublishedV1 } from './events/report-published.v1.js';
import { SignInRecordedV1 } from './events/sign-in-recorded.v1.js';
import { StudyArrivingV1 } from './events/study-arriving.v1.js';
import { StudyCompletedV1 } from './events/study-completed.v1.js';
import { StudyCompletedV2 } from './events/study-completed.v2.js';
import { StudyReceivedV1 } from './events/study-received.v1.js';
import { StudyReceivedV2 } from './events/study-received.v2.js';
import { StudyRegisteredV1 } from './events/study-registered.v1.js';
import { StudyUpdatedV1 } from './events/study-updated.v1.js';
import { StudyHeldV1, StudyReleasedV1, StudyRestoredV1, StudyWithdrawnV1 } from './events/study-withdrawn.v1.js';
import { WorkstationChangedV1, WorkstationRemovedV1 } from './events/workstation.v1.js';

/** Every event of the province in every version that was ever published. */
export const allEvents: readonly EventDefinition[] = [
  AccessRecordedV1,
  AccountLinkedV1,
  AccountUnlinkedV1,
  BreakGlassClosedV1,
  BreakGlassOpenedV1,
  BreakGlassReviewedV1,
  ConsentEndedV1,
  ConsentGivenV1,
  ConsentGrantedV1,
  ConsentWithdrawnV1,
  DeedRecordedV1,
  DepartmentChangedV1,
  EncounterRecordedV1,
  GatewayReportedV1,
  HospitalChangedV1,
  HospitalJoinedV1,
  OrderPlacedV1,
  PatientDescribedV1,
  PatientMergedV1,
  PatientObservedV1,
  PatientObservedV2,
  PatientObservedV3,
  PersonLinkedV1,
  PersonLinkedV2,
  PersonsMergedV1,
  PersonsSplitV1,
  PoliciesAdoptedV1,
  ReferralRecordedV1,
  RelationshipDeclaredV1,
  ReportPublishedV1,
  SignInRecordedV1,
  StaffChangedV1,
  StudyArrivingV1,
  StudyCompletedV1,
  StudyCompletedV2,
  StudyHeldV1,
  StudyReceivedV1,
  StudyReceivedV2,
  StudyRegisteredV1,
  StudyReleasedV1,
  StudyRestoredV1,
  StudyUpdatedV1,
  StudyWithdrawnV1,
  WorkstationChangedV1,
  WorkstationRemovedV1,
];

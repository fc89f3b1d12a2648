import type { Provider } from '@nestjs/common';
import type { StudyRegistryConfig } from '../study-registry.config.js';
import { AdmitWorkstationsScp } from './admit-workstations/admit-workstations.scp.js';
import { IdentifyUser } from './admit-workstations/identify-user.js';
import { WorkstationDoors } from './admit-workstations/workstation-doors.js';
import { AnswerFindsScp } from './answer-finds/answer-finds.scp.js';
import { FindRecords } from './answer-finds/find-records.js';
import { ChooseInstances } from './deliver-instances/choose-instances.js';
import { InstanceDataSets } from './deliver-instances/instance-data-set.js';
import { DIMSE_CONFIG } from './dimse-config.js';
import { GetStudiesScp } from './get-studies/get-studies.scp.js';
import { Inquiries } from './inquiries.js';
import { MoveStudiesScp } from './move-studies/move-studies.scp.js';

/** Everything that speaks DIMSE with workstations. */
export const workstationProviders = (config: StudyRegistryConfig): Provider[] => [
  { provide: DIMSE_CONFIG, useValue: config },
  IdentifyUser,
  FindRecords,
  AnswerFindsScp,
  ChooseInstances,
  InstanceDataSets,
  GetStudiesScp,
  MoveStudiesScp,
  Inquiries,
  AdmitWorkstationsScp,
  WorkstationDoors,
];

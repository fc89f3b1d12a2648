import type { Provider } from '@nestjs/common';
import { ApplyFacts } from '../apply-messages/apply-facts.js';
import { ApplyMessagesHandler } from '../apply-messages/apply-messages.handler.js';
import { MessageApplier } from '../apply-messages/message-applier.js';
import { MessageOutcomes } from '../apply-messages/message-outcomes.js';
import { ForgetMessages } from '../forget-messages/forget-messages.js';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import { DiscardMessageHandler } from '../park-messages/discard-message.handler.js';
import { ListParkedMessagesHandler } from '../park-messages/list-parked-messages.handler.js';
import { ReplayMessagesHandler } from '../park-messages/replay-messages.handler.js';
import { EncounterStore } from '../storage/encounter.store.js';
import { ExamStore } from '../storage/exam.store.js';
import { HospitalRecords } from '../storage/hospital-records.js';
import { MessageStore } from '../storage/message.store.js';
import { ParkedMessageStore } from '../storage/parked-message.store.js';
import { PatientStore } from '../storage/patient.store.js';
import { ReportStore } from '../storage/report.store.js';
import { ReadMessageStatusHandler } from '../watch-messages/read-message-status.handler.js';
import { MessageIntake } from './message-intake.js';
import { ReceiveMessageHandler, SPOOL_ROOM } from './receive-message.handler.js';
import { ReceiveMessagesServer } from './receive-messages.server.js';

/** Everything that hears HIS and RIS. The door is the last: applying has begun when it opens. */
export const messageProviders: Provider[] = [
  { provide: SPOOL_ROOM, inject: [ForwardInstances], useFactory: ({ spool }: ForwardInstances) => spool },
  MessageStore,
  ParkedMessageStore,
  PatientStore,
  EncounterStore,
  ExamStore,
  ReportStore,
  HospitalRecords,
  ApplyFacts,
  ApplyMessagesHandler,
  MessageOutcomes,
  MessageApplier,
  ListParkedMessagesHandler,
  ReplayMessagesHandler,
  DiscardMessageHandler,
  ReadMessageStatusHandler,
  ForgetMessages,
  MessageIntake,
  ReceiveMessageHandler,
  ReceiveMessagesServer,
];

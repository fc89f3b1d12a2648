import { Injectable } from '@nestjs/common';
import { EncounterStore } from './encounter.store.js';
import { ExamStore } from './exam.store.js';
import { PatientStore } from './patient.store.js';
import { ReportStore } from './report.store.js';

/** What HIS and RIS said, in the ledger. */
@Injectable()
export class HospitalRecords {
  constructor(
    readonly patients: PatientStore,
    readonly encounters: EncounterStore,
    readonly exams: ExamStore,
    readonly reports: ReportStore,
  ) {}
}

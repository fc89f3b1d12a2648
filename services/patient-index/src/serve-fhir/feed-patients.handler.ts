import { Injectable } from '@nestjs/common';
import type { LocalPatientKey } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { LinkPatientsHandler } from '../link-patients/link-patients.handler.js';
import { MergePatientsHandler, type PatientMergeOutcome } from '../merge-patients/merge-patients.handler.js';
import { knownPatients } from '../storage/patient.store.js';
import { personsById } from '../storage/person.store.js';
import { type FedPatient, isDescribed } from './fed-patient.js';
import { observedPatient } from './observed-patient.js';

export interface Fed {
  readonly patient: LocalPatientKey;
  /** Whose it is now. */
  readonly personId: string;
  readonly isNew: boolean;
  readonly merges: readonly PatientMergeOutcome[];
}

/** Takes in what hospitals say of their patients by FHIR, as if their gateways had told it. Repeating it is free. */
@Injectable()
export class FeedPatientsHandler {
  constructor(
    private readonly database: Database,
    private readonly linkPatients: LinkPatientsHandler,
    private readonly mergePatients: MergePatientsHandler,
  ) {}

  /** Descriptions are taken in together, then each merge by itself, for a transaction locks its patients once. */
  async execute(fed: readonly FedPatient[], now: Date): Promise<Fed[]> {
    const before = await knownPatients(
      this.database,
      fed.map(({ patient }) => patient),
    );
    const knownBefore = new Set(before.map(({ patient }) => keyOf(patient)));
    const described = fed.filter(({ body, patient }) => isDescribed(body) || !knownBefore.has(keyOf(patient)));
    await this.database.transaction((tx) =>
      this.linkPatients.execute(
        tx,
        described.map(({ body, patient }) => observedPatient(body, patient, now)),
        now,
      ),
    );
    const answers: Fed[] = [];
    for (const one of fed) {
      const merges = await this.merge(one, now);
      const personId = await this.personOf(one.patient);
      answers.push({ patient: one.patient, personId, isNew: !knownBefore.has(keyOf(one.patient)), merges });
    }
    return answers;
  }

  private async merge({ patient, replacedBy, replaces }: FedPatient, now: Date): Promise<PatientMergeOutcome[]> {
    const merges = [
      ...(replacedBy === null ? [] : [{ patient: replacedBy, merged: patient }]),
      ...replaces.map((merged) => ({ patient, merged })),
    ];
    const outcomes: PatientMergeOutcome[] = [];
    for (const merge of merges) {
      outcomes.push(await this.database.transaction((tx) => this.mergePatients.execute(tx, merge, now)));
    }
    return outcomes;
  }

  private async personOf(patient: LocalPatientKey): Promise<string> {
    const [known] = await knownPatients(this.database, [patient]);
    const [home] = await personsById(this.database, known === undefined ? [] : [known.homeId]);
    if (home === undefined) throw new Error('A patient that was taken in has no person');
    return home.survivorId;
  }
}

const keyOf = ({ hospital, issuer, id }: LocalPatientKey): string => JSON.stringify([hospital, issuer, id]);

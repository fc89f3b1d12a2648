import { Injectable } from '@nestjs/common';
import type { Identifier, Patient } from '@yinglian/fhir';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { fhirProblems } from './fhir.errors.js';
import { FindPatientsHandler } from './find-patients.handler.js';
import { areKnownSystems } from './known-systems.js';
import { readPatientSearch } from './patient-search.js';

/** One identifier, and the systems of which others are asked for; without any, of all. */
export interface CrossReference {
  readonly system: string;
  readonly value: string;
  readonly targetSystems: readonly string[];
}

export interface CrossReferenced {
  readonly identifiers: readonly Identifier[];
  readonly personId: string;
}

/** All identifiers of whoever has this one (ITI-83); failures are those of section 2:3.83.4.2.2. */
@Injectable()
export class CrossReferenceHandler {
  constructor(
    private readonly database: Database,
    private readonly findPatients: FindPatientsHandler,
  ) {}

  async execute({ system, value, targetSystems }: CrossReference, now: Date): Promise<Result<CrossReferenced>> {
    if (!(await areKnownSystems(this.database, [system]))) {
      return failure(fhirProblems.SOURCE_DOMAIN_UNKNOWN, 'sourceIdentifier Assigning Authority not found');
    }
    if (!(await areKnownSystems(this.database, targetSystems))) {
      return failure(fhirProblems.TARGET_DOMAIN_UNKNOWN, 'targetSystem not found');
    }
    const token = [system, value].map((part) => part.replace(/[\\,|$]/g, (sign) => `\\${sign}`)).join('|');
    const search = readPatientSearch([{ name: 'identifier', modifier: null, values: [token] }], 'strict');
    if (!search.ok) return search;
    const found = await this.findPatients.execute(search.value, now);
    if (!found.ok) return found;
    const [patient] = found.value.patients;
    if (patient?.id === undefined) {
      return failure(fhirProblems.SOURCE_IDENTIFIER_NOT_FOUND, 'sourceIdentifier Patient Identifier not found');
    }
    return success({ personId: patient.id, identifiers: othersOf(patient, { system, value, targetSystems }) });
  }
}

/** Without the one that was given, and without those that are masked. */
const othersOf = ({ identifier = [] }: Patient, { system, value, targetSystems }: CrossReference): Identifier[] =>
  identifier.filter(
    (one) =>
      one.value !== undefined &&
      !(one.system === system && one.value === value) &&
      (targetSystems.length === 0 || targetSystems.includes(one.system ?? '')),
  );

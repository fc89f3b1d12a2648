import { Injectable } from '@nestjs/common';
import type { Patient } from '@yinglian/fhir';
import { Database } from '@yinglian/persistence';
import { failure, platformProblems, type Result, success } from '@yinglian/platform';
import { readResidentId } from '../domain/identity/resident-id.js';
import { PersonSearch } from '../find-persons/person-search.js';
import { SearchPersonsHandler } from '../find-persons/search-persons.handler.js';
import { isBornWithin } from './born-within.js';
import { fhirProblems } from './fhir.errors.js';
import { hasIdentifier, type IdentifierKey } from './identifier-key.js';
import { areKnownSystems } from './known-systems.js';
import { mergedPatientResource, patientResource } from './patient-resource.js';
import type { PatientSearch } from './patient-search.js';
import { isMerged, personRecord, recordOf } from './person-record.js';
import { isCalled } from './read-names.js';

export interface FoundPatients {
  readonly patients: readonly Patient[];
  readonly next: string | null;
  /** There are no others. */
  readonly isWhole: boolean;
}

const NOBODY: FoundPatients = { patients: [], next: null, isWhole: true };
const MOST_OF_AN_IDENTIFIER = 100;

/** Patients to whom everything asked for applies. A page may hold fewer than asked for, and still have a next one. */
@Injectable()
export class FindPatientsHandler {
  constructor(
    private readonly database: Database,
    private readonly searchPersons: SearchPersonsHandler,
  ) {}

  async execute(search: PatientSearch, now: Date): Promise<Result<FoundPatients>> {
    const { domains } = search;
    if (!(await areKnownSystems(this.database, domains))) {
      return failure(fhirProblems.RETURNED_DOMAIN_UNKNOWN, 'targetSystem not found');
    }
    const found = await this.find(search, now);
    if (!found.ok) return found;
    const { patients, next, isWhole } = found.value;
    const asked = patients.filter((patient) => search.filters.every((applies) => applies(patient)));
    return success({ patients: asked.map((patient) => showing(patient, domains)), next, isWhole });
  }

  private async find(search: PatientSearch, now: Date): Promise<Result<FoundPatients>> {
    if (search.ids !== null) return success({ ...NOBODY, patients: await this.byIds(search.ids) });
    if (search.identifiers !== null) return this.byIdentifiers(search.identifiers, search, now);
    return this.byKeys({}, search, now);
  }

  private async byIds(ids: readonly string[]): Promise<Patient[]> {
    const records = await Promise.all([...new Set(ids)].map((id) => personRecord(this.database, id)));
    return records.flatMap((record) => {
      if (record === null) return [];
      return isMerged(record) ? mergedPatientResource(record) : patientResource(record);
    });
  }

  /** Each finds a few, so that there are no pages. */
  private async byIdentifiers(
    identifiers: readonly IdentifierKey[],
    search: PatientSearch,
    now: Date,
  ): Promise<Result<FoundPatients>> {
    const found = new Map<string, Patient>();
    let isWhole = true;
    for (const key of identifiers) {
      const some = await this.byIdentifier(key, search, now);
      if (!some.ok) return some;
      isWhole &&= some.value.isWhole;
      for (const patient of some.value.patients) if (hasIdentifier(patient, key)) found.set(patient.id ?? '', patient);
    }
    const patients = [...found.values()].slice(0, search.count);
    return success({ patients, next: null, isWhole: isWhole && patients.length === found.size });
  }

  private async byIdentifier(key: IdentifierKey, search: PatientSearch, now: Date): Promise<Result<FoundPatients>> {
    const only = { ...search, cursor: null, count: MOST_OF_AN_IDENTIFIER };
    switch (key.kind) {
      case 'person':
        return success({
          ...NOBODY,
          patients: (await this.standingFor(key.personId)).filter((patient) => isCalledAndBorn(patient, search)),
        });
      case 'number':
        if (readResidentId(key.idNumber, dayOf(now)) === null) return success(NOBODY);
        return this.byKeys({ idNumber: key.idNumber }, only, now);
      case 'local':
        return this.byKeys({ localId: key.localId, hospital: key.hospital }, only, now);
    }
  }

  private async standingFor(personId: string): Promise<Patient[]> {
    const record = await personRecord(this.database, personId);
    if (record === null) return [];
    if (!isMerged(record)) return [patientResource(record)];
    const survivor = await this.byIds([record.survivorId]);
    const old = mergedPatientResource(record).identifier ?? [];
    return survivor.map((patient) => ({ ...patient, identifier: [...(patient.identifier ?? []), ...old] }));
  }

  private async byKeys(keys: object, search: PatientSearch, now: Date): Promise<Result<FoundPatients>> {
    const { name, birthDate, count, cursor } = search;
    const given = { ...keys, name: name ?? undefined, birthDate: birthDate ?? undefined, limit: count };
    const asked = PersonSearch.safeParse({ ...given, ...(cursor === null ? {} : { cursor }) });
    if (!asked.success) return failure(platformProblems.INVALID_REQUEST, 'One of the values is not one to search by');
    const found = await this.searchPersons.find(asked.data, now);
    if (!found.ok) return found;
    const { persons, nextCursor } = found.value;
    const patients = persons.map((person) => patientResource(recordOf(person)));
    return success({ patients, next: nextCursor, isWhole: nextCursor === null });
  }
}

const showing = (patient: Patient, domains: readonly string[]): Patient =>
  domains.length === 0
    ? patient
    : { ...patient, identifier: patient.identifier?.filter(({ system = '' }) => domains.includes(system)) ?? [] };

const isCalledAndBorn = (patient: Patient, { name, birthDate }: PatientSearch): boolean =>
  (name === null || isCalled(patient, name)) &&
  (birthDate === null || isBornWithin(patient, { first: birthDate, last: birthDate }));

const dayOf = (now: Date): string => now.toISOString().slice(0, 10).replaceAll('-', '');

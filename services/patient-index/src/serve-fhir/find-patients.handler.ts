import { Injectable } from '@nestjs/common';
import type { Patient } from '@yinglian/fhir';
import { Database } from '@yinglian/persistence';
import { failure, platformProblems, type Result, success } from '@yinglian/platform';
import { readResidentId } from '../domain/identity/resident-id.js';
import { PersonSearch } from '../find-persons/person-search.js';
import { type FoundPersons, SearchPersonsHandler } from '../find-persons/search-persons.handler.js';
import { fhirProblems } from './fhir.errors.js';
import { areKnownSystems } from './known-systems.js';
import { mergedPatientResource, patientResource } from './patient-resource.js';
import { hasIdentifier, type IdentifierKey, isCalledAndBorn, type PatientSearch } from './patient-search.js';
import { isMerged, personRecord, personRecords } from './person-record.js';

export interface FoundPatients {
  readonly patients: readonly Patient[];
  readonly next: string | null;
}

const NOBODY: FoundPatients = { patients: [], next: null };

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
    const { patients, next } = found.value;
    const asked = patients.filter((patient) => search.filters.every((applies) => applies(patient)));
    return success({ patients: asked.map((patient) => showing(patient, domains)), next });
  }

  private async find(search: PatientSearch, now: Date): Promise<Result<FoundPatients>> {
    if (search.ids !== null) return success({ patients: await this.byIds(search.ids), next: null });
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
    for (const key of identifiers) {
      const some = await this.byIdentifier(key, search, now);
      if (!some.ok) return some;
      for (const patient of some.value.patients) if (hasIdentifier(patient, key)) found.set(patient.id ?? '', patient);
    }
    return success({ patients: [...found.values()].slice(0, search.count), next: null });
  }

  private async byIdentifier(key: IdentifierKey, search: PatientSearch, now: Date): Promise<Result<FoundPatients>> {
    const only = { ...search, cursor: null };
    switch (key.kind) {
      case 'person':
        return success({
          patients: (await this.standingFor(key.personId)).filter((patient) => isCalledAndBorn(patient, search)),
          next: null,
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
    const found = await this.searchPersons.execute(asked.data, now);
    return found.ok ? success(await this.resources(found.value)) : found;
  }

  private async resources({ persons, nextCursor }: FoundPersons): Promise<FoundPatients> {
    const records = await personRecords(this.database, persons);
    return { patients: records.map(patientResource), next: nextCursor };
  }
}

const showing = (patient: Patient, domains: readonly string[]): Patient =>
  domains.length === 0
    ? patient
    : { ...patient, identifier: patient.identifier?.filter(({ system = '' }) => domains.includes(system)) ?? [] };

const dayOf = (now: Date): string => now.toISOString().slice(0, 10).replaceAll('-', '');

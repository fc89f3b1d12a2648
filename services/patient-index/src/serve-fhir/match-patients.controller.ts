import { Body, Controller, HttpCode, Post, Req, UseInterceptors } from '@nestjs/common';
import { AccessDecisionPoint, anyActorOf } from '@yinglian/access';
import { type BundleEntry, baseAddressOf, type Patient, readSystem, SpeakFhir, searchsetOf } from '@yinglian/fhir';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { type MatchAsked, MatchBody } from './match-body.js';
import { matchEntry } from './match-entry.js';
import { MatchPersonsHandler, type PersonMatch } from './match-persons.handler.js';
import { observedPatient } from './observed-patient.js';
import type { PatientBody } from './patient-body.js';
import { patientResource } from './patient-resource.js';
import { personRecords } from './person-record.js';

/** Patient Demographics Match (ITI-119). */
@Controller('fhir/Patient/$match')
@UseInterceptors(SpeakFhir)
export class MatchPatientsController {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly matchPersons: MatchPersonsHandler,
    private readonly database: Database,
  ) {}

  @Post()
  @HttpCode(200)
  @Allow({ roles: ['clinician', 'steward'], scopes: ['persons:read'] })
  async match(
    @Body({ schema: MatchBody }) { patient, onlyCertainMatches, count }: MatchAsked,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
  ) {
    const asked = { action: 'person.search', personId: null, studyInstanceUid: null, ownerHospital: null } as const;
    const query = ['match', ...statedIn(patient)];
    const now = new Date();
    const base = baseAddressOf(request);
    const matching = async () => {
      const found = await this.matchPersons.execute(observedPatient(patient, localKeyIn(patient), now), now);
      const matches = found.filter(({ grade }) => !onlyCertainMatches || grade === 'certain').slice(0, count);
      return this.entriesOf(matches, base);
    };
    const entries = unwrap(
      await this.access.authorizeWhile({ ...asked, actor: anyActorOf(caller) }, { query }, matching),
    );
    return searchsetOf({ entries, self: `${base}/Patient/$match`, total: entries.length });
  }

  private async entriesOf(matches: readonly PersonMatch[], base: string): Promise<BundleEntry<Patient>[]> {
    const records = await personRecords(
      this.database,
      matches.map(({ personId }) => personId),
    );
    return matches.flatMap((match) => {
      // Merged meanwhile: whoever stands for both is found by the next one who asks.
      const record = records.get(match.personId);
      return record === undefined ? [] : matchEntry(patientResource(record), base, match);
    });
  }
}

const statedIn = (patient: PatientBody): string[] =>
  (['identifier', 'name', 'birthDate', 'gender', 'telecom', 'address'] as const).filter((element) => {
    const stated = patient[element];
    return stated !== undefined && stated.length > 0;
  });

/** The number that a hospital knows the patient by, when it is told; nobody is filed under it. */
function localKeyIn({ identifier }: PatientBody) {
  for (const { system = '', value = '' } of identifier) {
    const read = readSystem(system);
    if (read?.kind === 'hospital' && value !== '') return { hospital: read.hospital, issuer: read.issuer, id: value };
  }
  return { hospital: '', issuer: '', id: '' };
}

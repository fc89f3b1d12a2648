import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessDecisionPoint } from '@yinglian/access';
import {
  AccessRecordedV1,
  type EventData,
  type EventDefinition,
  PatientObservedV3,
  PersonLinkedV2,
  type Role,
  type Scope,
  StaffChangedV1,
  StudyArrivingV1,
} from '@yinglian/contracts';
import { ConsumerProgress, connectEvents, EventPublisher, Outbox, prepareEventLog } from '@yinglian/messaging';
import type { Database } from '@yinglian/persistence';
import { createService, type RunningService } from '@yinglian/platform';
import { TestIssuer, type TestPerson } from '@yinglian/platform/testing';
import { TestPostgres } from '@yinglian/testing';
import { newKeyFile } from '@yinglian/transparency-log';
import type { z } from 'zod';
import { consentAuditConfig } from '../consent-audit.config.js';
import { ConsentAuditModule } from '../consent-audit.module.js';

/** By what a clerk saw who spoke. */
export const AT_DESK = { identity: 'resident-id' };

const AT = '2026-11-24T08:00:00.000Z';

/** The real service on a real database and event log, with the events of others to follow. */
export class ConsentAuditService {
  private running: RunningService | undefined;

  private constructor(
    private readonly postgres: TestPostgres,
    private readonly issuer: TestIssuer,
    /** Of the keys that sign the log, and nothing else. */
    private readonly folder: string,
    private readonly environment: Record<string, string>,
    /** As the log's owner. */
    readonly log: Database,
    private readonly others: EventPublisher,
  ) {}

  static async start(): Promise<ConsentAuditService> {
    const [postgres, issuer] = await Promise.all([TestPostgres.start(), TestIssuer.start()]);
    const log = await postgres.createDatabase('event_log');
    await prepareEventLog(log, {
      roles: [
        { name: 'consent-audit', password: 'x', writes: ['consents', 'audit'], reads: true },
        { name: 'others', password: 'x', writes: ['hospital.*', 'persons', 'audit', 'directory'], reads: false },
      ],
    });
    const as = (role: string) => log.replace(/postgres:\/\/.*@/, `postgres://${role}:x@`);
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-consent-audit-'));
    const keyFile = join(folder, 'audit-log.pem');
    await writeFile(keyFile, newKeyFile());
    const householdKeyFile = join(folder, 'household.key');
    await writeFile(householdKeyFile, randomUUID());
    const environment = {
      PORT: '0',
      LOG_LEVEL: 'error',
      DATABASE_URL: await postgres.createDatabase('consent_audit'),
      EVENT_LOG_URL: as('consent-audit'),
      AUDIT_LOG_KEY_FILE: keyFile,
      HOUSEHOLD_KEY_FILE: householdKeyFile,
      ...issuer.environment,
    };
    const others = EventPublisher.fromConfig({
      source: 'urn:yinglian:test',
      config: { EVENTS: 'postgres', EVENT_LOG_URL: as('others') },
    });
    const service = new ConsentAuditService(postgres, issuer, folder, environment, postgres.connect(log), others);
    await service.startService();
    return service;
  }

  get app() {
    if (this.running === undefined) throw new Error('The service does not run');
    return this.running.app;
  }

  /** Writes the file of the keys that sign the log anew, as an operator does. */
  rotateKeys(change: (before: string) => string): Promise<void> {
    const path = join(this.folder, 'audit-log.pem');
    return readFile(path, 'utf8').then((before) => writeFile(path, change(before)));
  }

  async startService(): Promise<void> {
    const config = consentAuditConfig.load(this.environment);
    const module = ConsentAuditModule.with(config);
    this.running = await createService({ name: 'consent-audit', config, module, prepare: connectEvents });
  }

  async stopService(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  /** The person's patient record and a study of it, known by the events of H001 and patient-index. */
  async knows(personId: string, studyInstanceUid: string): Promise<void> {
    const patient = { hospital: 'H001', issuer: '', id: personId };
    // The link comes before the study: the order does not matter.
    await this.told(PersonLinkedV2, { personId, patient, reason: 'NEW_PERSON', version: 1, linkedAt: AT });
    await this.others.publish(
      StudyArrivingV1,
      {
        hospital: 'H001',
        studyInstanceUid,
        patient,
        studyDate: '20261124',
        studyTime: '',
        accessionNumber: '',
        modality: 'CT',
        bodyPart: '',
        description: '',
        arrivedAt: AT,
      },
      { eventId: randomUUID() },
    );
  }

  /** H001 describes its patient of the person's number. */
  born(personId: string, birthDate: string): Promise<void> {
    return this.told(PatientObservedV3, {
      hospital: 'H001',
      patient: { hospital: 'H001', issuer: '', id: personId },
      name: { charsetGuessed: false },
      birthDate,
      sex: 'M',
      otherIds: [],
      studyInstanceUid: null,
      observedAt: AT,
      phones: [],
      addresses: [],
      mother: null,
      birthOrder: null,
    });
  }

  /** What another service says. */
  told<Data extends z.ZodType>(definition: EventDefinition<Data>, data: z.output<Data>): Promise<void> {
    return this.others.publish(definition, data, { eventId: randomUUID() });
  }

  /** An access that another service recorded. */
  recorded(access: EventData<typeof AccessRecordedV1>, eventId: string): Promise<void> {
    return this.others.publish(AccessRecordedV1, access, { eventId });
  }

  ask(role: Role, hospital: string | null, method: string, path: string, body?: object) {
    return this.askAs(personOf(role, hospital), method, path, body);
  }

  /** A clerk of the commission takes down that a patient closes all. */
  closing(personId: string, note = '') {
    const statement = { personId, decision: 'closes', scope: { kind: 'person' }, note };
    return this.ask('steward', null, 'POST', 'consents', { ...statement, ...AT_DESK });
  }

  /** Lets an account of a patient stand for the person, as a clerk does at the counter. */
  async linkAccount(account: string, personId: string, as: object = { standing: 'self' }): Promise<void> {
    const told = { subject: account, hospital: null, displayName: '患者', roles: ['patient' as const], active: true };
    await this.told(StaffChangedV1, { ...told, version: 1, changedAt: AT });
    const { status } = await this.ask('steward', 'H001', 'POST', 'account-links', {
      account,
      personId,
      ...as,
      ...AT_DESK,
    });
    if (status !== 201) throw new Error(`The account was not linked: ${status}`);
  }

  async askAs(person: TestPerson, method: string, path: string, body?: object) {
    const response = await this.request(person, path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: answers are compared in the specs
    return { status: response.status, body: (await response.json()) as any };
  }

  /** As a program of a hospital asks in FHIR, or a person. */
  async fhir(
    as: TestPerson | { hospital: string | null; scopes: Scope[] },
    method: string,
    path: string,
    body?: unknown,
  ) {
    const token =
      'roles' in as
        ? await this.issuer.personToken(as)
        : await this.issuer.serviceToken({ clientId: `his-${as.hospital}`, ...as });
    const response = await fetch(`${this.running?.address}/fhir/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: answers are compared in the specs
    return { status: response.status, headers: response.headers, body: (await response.json()) as any };
  }

  /** As the gateway of a hospital asks, or another program. */
  async askAsProgram(hospital: string | null, scopes: Scope[], method: string, path: string, body?: object) {
    const token = await this.issuer.serviceToken({ clientId: `gateway-${hospital}`, hospital, scopes });
    const response = await fetch(`${this.running?.address}/api/consent-audit/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    // biome-ignore lint/suspicious/noExplicitAny: answers are compared in the specs
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as any };
  }

  /** What is answered as something else than JSON. */
  async text(role: Role, path: string): Promise<string> {
    return (await this.request(personOf(role, null), path, {})).text();
  }

  private async request(person: TestPerson, path: string, request: RequestInit): Promise<Response> {
    const type = request.body === undefined ? {} : { 'content-type': 'application/json' };
    return fetch(`${this.running?.address}/api/consent-audit/${path}`, {
      ...request,
      headers: { authorization: `Bearer ${await this.issuer.personToken(person)}`, ...type },
    });
  }

  /** Reads or searches at the FHIR address; by POST where there is a form. */
  async askFhir(person: TestPerson, path: string, form?: string): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.running?.address}/fhir/${path}`, {
      method: form === undefined ? 'GET' : 'POST',
      ...(form === undefined ? {} : { body: form }),
      headers: {
        authorization: `Bearer ${await this.issuer.personToken(person)}`,
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
    });
    return { status: response.status, body: await response.json() };
  }

  /** The code of the decision about a clinician of the hospital who opens a study of H001. */
  async opening(hospital: string, personId: string, studyInstanceUid: string): Promise<string> {
    const result = await this.app.get(AccessDecisionPoint).authorize({
      actor: {
        subject: `the.clinician.${hospital}`,
        displayName: 'clinician甲',
        roles: ['clinician'],
        hospital,
        department: null,
        sessionId: 's',
        purposeOfUse: 'TREAT',
      },
      action: 'study.retrieve',
      personId,
      studyInstanceUid,
      ownerHospital: 'H001',
    });
    return result.ok ? result.value.code : result.problem.code;
  }

  /** Everything that happened so far is in the log and applied here. */
  async settled(): Promise<void> {
    await this.app.get(Outbox).flushed(5_000);
    const families = ['audit', 'consents', 'directory', 'hospital', 'persons'] as const;
    if (!(await this.app.get(ConsumerProgress).caughtUp(families, 10_000))) throw new Error('Not settled');
  }

  async stop(): Promise<void> {
    await this.others.close();
    await this.stopService();
    await this.issuer.stop();
    await this.postgres.stop();
    await rm(this.folder, { recursive: true });
  }
}

const personOf = (role: Role, hospital: string | null): TestPerson => ({
  subject: `the.${role}.${hospital}`,
  displayName: `${role}甲`,
  roles: [role],
  hospital,
});

import { rm } from 'node:fs/promises';
import {
  AccessRecordedV1,
  AccountLinkedV1,
  BreakGlassClosedV1,
  BreakGlassOpenedV1,
  ConsentWithdrawnV1,
  DeedRecordedV1,
  type EventDefinition,
  PersonLinkedV2,
  PersonsMergedV1,
  PersonsSplitV1,
  RelationshipDeclaredV1,
  StudyArrivingV1,
  StudyReceivedV1,
} from '@yinglian/contracts';
import { type DicomJson, PACK_MEDIA_TYPE } from '@yinglian/dicom';
import { ConsumerProgress, connectEvents, EventPublisher, Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { createService, type RunningService } from '@yinglian/platform';
import type { TestIssuer } from '@yinglian/platform/testing';
import { BOUNDARY, type TestPostgres } from '@yinglian/testing';
import type { z } from 'zod';
import { studyRegistryConfig } from '../study-registry.config.js';
import { STREAMED_MEDIA_TYPES, StudyRegistryModule } from '../study-registry.module.js';
import { type Answer, askRegistry } from './ask-registry.js';
import { packOf, type TestPack } from './pack-of.js';
import { RegistrySurroundings } from './registry-surroundings.js';

export type { Answer } from './ask-registry.js';
export {
  AccessRecordedV1,
  AccountLinkedV1,
  BreakGlassClosedV1,
  BreakGlassOpenedV1,
  ConsentWithdrawnV1,
  PersonLinkedV2,
  PersonsMergedV1,
  PersonsSplitV1,
  RelationshipDeclaredV1,
  StudyArrivingV1,
  StudyReceivedV1,
};

type TestPerson = Parameters<TestIssuer['personToken']>[0];

/** The service on a real PostgreSQL with a real event log, real tokens, real files and real HTTP. */
export class RegistryService {
  private published = 0;

  private constructor(
    readonly postgres: TestPostgres,
    readonly issuer: TestIssuer,
    readonly environment: Record<string, string>,
    readonly publisher: EventPublisher,
    readonly service: RunningService,
  ) {}

  /**
   * @param objects a folder for the objects, which is removed in the end; a new one when there is none
   * @param settings further ones of the service
   */
  static async start(objects?: string, settings: Readonly<Record<string, string>> = {}): Promise<RegistryService> {
    const { postgres, issuer, environment, eventLogOf } = await RegistrySurroundings.start(objects, settings);
    const config = studyRegistryConfig.load(environment);
    const publisher = EventPublisher.fromConfig({
      source: 'urn:yinglian:others',
      config: { ...config, EVENT_LOG_URL: eventLogOf('others') },
    });
    const service = await createService({
      name: 'study-registry',
      config,
      module: StudyRegistryModule.with(config),
      streamedMediaTypes: STREAMED_MEDIA_TYPES,
      prepare: connectEvents,
    });
    return new RegistryService(postgres, issuer, environment, publisher, service);
  }

  get address(): string {
    return this.service.address;
  }

  get database(): Database {
    return this.service.app.get(Database);
  }

  /** Publishes as another service or a gateway does; resolves when the registry has applied it. */
  async publish<Data extends z.ZodType>(definition: EventDefinition<Data>, ...all: z.output<Data>[]): Promise<void> {
    for (const data of all) await this.publisher.publish(definition, data, { eventId: `e${++this.published}` });
    const families = ['hospital', 'persons', 'consents', 'directory'] as const;
    if (!(await this.service.app.get(ConsumerProgress).caughtUp(families, 20_000))) throw new Error('Not caught up');
  }

  /** Links a hospital's patient to a person, as the patient index does. */
  link(hospital: string, id: string, personId: string, version = 1, issuer = ''): Promise<void> {
    const linkedAt = '2026-11-24T08:00:00.000Z';
    const patient = { hospital, issuer, id };
    return this.publish(PersonLinkedV2, { personId, patient, reason: 'NEW_PERSON', version, linkedAt });
  }

  /** Data of all events of a topic that the registry has published, in order per key. */
  async events(
    topic: 'studies' | 'audit',
  ): Promise<{ type: string; subject: string; data: Record<string, unknown> }[]> {
    await this.service.app.get(Outbox).flushed(10_000);
    const rows = await this.postgres
      .connect(this.environment.EVENT_LOG_URL ?? '')
      .query<{ envelope: string }>(
        'SELECT envelope FROM event_log.records WHERE topic = $1 ORDER BY partition, position',
        [topic],
      );
    return rows.map(({ envelope }) => JSON.parse(envelope));
  }

  /** What was recorded of deeds about a study, in their order: action, who, to what, how. */
  async deeds(studyInstanceUid: string) {
    const told = (await this.events('audit')).flatMap(({ data }) => DeedRecordedV1.data.safeParse(data).data ?? []);
    return told
      .filter((deed) => deed.studyInstanceUid === studyInstanceUid)
      .sort((one, other) => one.at.localeCompare(other.at))
      .map(({ action, actor, hospital, object, code }) => [action, actor.subject, hospital, object?.id, code]);
  }

  async put(pack: Pick<TestPack, 'bytes' | 'digest'>, hospital = 'H001', headers = {}): Promise<Answer> {
    const token = await this.issuer.serviceToken({
      clientId: `gateway-${hospital}`,
      scopes: ['packs:write'],
      hospital,
    });
    return this.ask('PUT', `/api/study-registry/packs/${pack.digest}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': PACK_MEDIA_TYPE, ...headers },
      body: pack.bytes,
    });
  }

  /** A STOW-RS request of a hospital's program. */
  async stow(body: Buffer, headers: Record<string, string> = {}, study = '', hospital: string | null = 'H001') {
    return this.ask('POST', `/dicom-web/studies${study}`, {
      headers: {
        authorization: `Bearer ${await this.stowToken(hospital)}`,
        'content-type': `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`,
        ...headers,
      },
      body,
    });
  }

  stowToken(hospital: string | null = 'H001'): Promise<string> {
    return this.issuer.serviceToken({ clientId: `device-${hospital}`, scopes: ['stow:write'], hospital });
  }

  /** Stores files of one series, and fails when they are refused. */
  async store(hospital: string, files: readonly Buffer[]): Promise<TestPack> {
    const pack = packOf(hospital, files);
    const { status, body } = await this.put(pack, hospital);
    if (status !== 201 && status !== 200) throw new Error(`The pack was answered ${status}: ${body.toString()}`);
    return pack;
  }

  async get(path: string, accept = 'application/dicom+json', person: Partial<TestPerson> = {}, headers = {}) {
    const token = await this.issuer.personToken({
      subject: `dr.${person.hospital ?? 'H001'}`,
      roles: ['clinician'],
      hospital: 'H001',
      ...person,
    });
    return this.ask('GET', path, { headers: { authorization: `Bearer ${token}`, accept, ...headers } });
  }

  async find(query: string, person: Partial<TestPerson> = {}): Promise<DicomJson[]> {
    const { status, json } = await this.get(`/dicom-web${query}`, 'application/dicom+json', person);
    if (status !== 200) throw new Error(`${query} was answered ${status} ${JSON.stringify(json)}`);
    return json;
  }

  ask(method: string, path: string, init: Pick<RequestInit, 'headers'> & { body?: Buffer }): Promise<Answer> {
    return askRegistry(this.address, method, path, init);
  }

  async stop(): Promise<void> {
    await this.publisher.close();
    await this.service.stop();
    await this.issuer.stop();
    await this.postgres.stop();
    await rm(this.environment.OBJECTS_FOLDER ?? '', { recursive: true, force: true });
  }
}

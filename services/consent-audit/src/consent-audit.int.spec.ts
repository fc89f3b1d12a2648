import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessDecisionPoint } from '@yinglian/access';
import { PersonLinkedV1, type Role, StudyArrivingV1 } from '@yinglian/contracts';
import { ConsumerProgress, connectEvents, EventPublisher, Outbox, prepareEventLog } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { createService, type RunningService } from '@yinglian/platform';
import { TestIssuer } from '@yinglian/platform/testing';
import { TestPostgres } from '@yinglian/testing';
import { consentAuditConfig } from './consent-audit.config.js';
import { ConsentAuditModule } from './consent-audit.module.js';

const PERSON = `P${'0'.repeat(26)}`;
const STUDY = '1.2.3.4';

describe('consent-audit', () => {
  let postgres: TestPostgres;
  let issuer: TestIssuer;
  let service: RunningService;

  const ask = async (role: Role, hospital: string | null, method: string, path: string, body?: object) => {
    const token = await issuer.personToken({ subject: `the.${role}.${hospital}`, roles: [role], hospital });
    const response = await fetch(`${service.address}/api/consent-audit/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: answers are compared in the specs
    return { status: response.status, body: (await response.json()) as any };
  };

  const open = (hospital: string) =>
    service.app.get(AccessDecisionPoint).authorize({
      actor: {
        subject: `the.clinician.${hospital}`,
        displayName: 'A',
        roles: ['clinician'],
        hospital,
        department: null,
        sessionId: 's',
        purposeOfUse: 'TREAT',
      },
      action: 'study.retrieve',
      personId: PERSON,
      studyInstanceUid: STUDY,
      ownerHospital: 'H001',
    });
  const outcome = async (hospital: string) => {
    const result = await open(hospital);
    return result.ok ? result.value.code : result.problem.code;
  };

  beforeAll(async () => {
    [postgres, issuer] = await Promise.all([TestPostgres.start(), TestIssuer.start()]);
    const log = await postgres.createDatabase('event_log');
    await prepareEventLog(log, {
      roles: [
        { name: 'consent-audit', password: 'x', writes: ['consents', 'audit'], reads: true },
        { name: 'others', password: 'x', writes: ['hospital.H001', 'persons'], reads: false },
      ],
    });
    const environment = {
      PORT: '0',
      LOG_LEVEL: 'error',
      DATABASE_URL: await postgres.createDatabase('consent_audit'),
      EVENT_LOG_URL: log.replace(/postgres:\/\/.*@/, 'postgres://consent-audit:x@'),
      ...issuer.environment,
    };
    const config = consentAuditConfig.load(environment);
    service = await createService({
      name: 'consent-audit',
      config,
      module: ConsentAuditModule.with(config),
      prepare: connectEvents,
    });
    const others = EventPublisher.fromConfig({
      source: 'urn:yinglian:test',
      config: { ...config, EVENT_LOG_URL: log.replace(/postgres:\/\/.*@/, 'postgres://others:x@') },
    });
    const patient = { hospital: 'H001', issuer: '', id: '7' };
    const at = '2026-11-24T08:00:00.000Z';
    // The link comes before the study: the order does not matter.
    await others.publish(
      PersonLinkedV1,
      { personId: PERSON, patient, rule: 'NEW_PERSON', version: 1, linkedAt: at },
      { eventId: 'e1' },
    );
    await others.publish(
      StudyArrivingV1,
      {
        hospital: 'H001',
        studyInstanceUid: STUDY,
        patient,
        studyDate: '20261124',
        studyTime: '',
        accessionNumber: '',
        modality: 'CT',
        bodyPart: '',
        description: '',
        arrivedAt: at,
      },
      { eventId: 'e2' },
    );
    await others.close();
    expect(await service.app.get(ConsumerProgress).caughtUp(['hospital', 'persons'], 20_000)).toBe(true);
  });

  afterAll(async () => {
    await service.stop();
    await issuer.stop();
    await postgres.stop();
  });

  it('opens a study at once for who declares a relationship with a reason, and for nobody else', async () => {
    expect(await outcome('H001')).toBe('HOME_HOSPITAL');
    expect(await outcome('H003')).toBe('ACCESS_REASON_NEEDED');
    const declared = await ask('clinician', 'H003', 'POST', 'declared-relationships', {
      studyInstanceUid: STUDY,
      reason: "会诊'; DROP TABLE accesses; --",
    });
    expect([declared.status, declared.body.personId]).toEqual([201, PERSON]);
    expect(await outcome('H003')).toBe('DECLARED_RELATIONSHIP');
    expect(await outcome('H002')).toBe('ACCESS_REASON_NEEDED');
  });

  it('refuses a declaration without a reason, about an unknown study, or by who is no clinician', async () => {
    const declare = (role: Role, body: object) => ask(role, 'H003', 'POST', 'declared-relationships', body);
    expect((await declare('clinician', { studyInstanceUid: STUDY, reason: ' ' })).body.code).toBe('INVALID_REQUEST');
    expect((await declare('clinician', { studyInstanceUid: '9.9', reason: '会诊需要' })).body.code).toBe(
      'STUDY_NOT_FOUND',
    );
    expect((await declare('administrator', { studyInstanceUid: STUDY, reason: '会诊需要' })).body.code).toBe(
      'ROLE_NOT_ALLOWED',
    );
  });

  it('closes a study to other hospitals while the patient objects, whatever was declared', async () => {
    const objection = await ask('steward', null, 'POST', 'objections', { personId: PERSON, scope: { kind: 'person' } });
    expect(objection.status).toBe(201);
    // An objection takes effect at the next refusal or when its event is applied.
    await service.app.get(ConsumerProgress).caughtUp(['consents'], 5_000);
    expect([await outcome('H003'), await outcome('H001')]).toEqual(['PATIENT_OBJECTS', 'HOME_HOSPITAL']);
    const taken = await ask('steward', null, 'DELETE', `objections/${objection.body.consentId}`);
    expect(taken.status).toBe(200);
    expect(await outcome('H003')).toBe('DECLARED_RELATIONSHIP');
    const again = await ask('steward', null, 'DELETE', `objections/${objection.body.consentId}`);
    expect(again.body.code).toBe('OBJECTION_NOT_FOUND');
    const { body } = await ask('steward', null, 'GET', `objections?personId=${PERSON}`);
    expect(body.items).toHaveLength(1);
  });

  it('shows the auditor who saw what, newest first, and records that the auditor looked', async () => {
    await service.app.get(Outbox).flushed(5_000);
    await service.app.get(ConsumerProgress).caughtUp(['audit'], 5_000);
    const list = async (query: string) => (await ask('auditor', null, 'GET', `accesses?${query}`)).body;
    const page = await list(`personId=${PERSON}&hospital=H003&limit=200`);
    const codes = page.items.map((item: { decision: { code: string } }) => item.decision.code);
    expect(codes.slice(-2)).toEqual(['DECLARED_RELATIONSHIP', 'ACCESS_REASON_NEEDED']);
    expect((await list('outcome=deny&actor=the.clinician.H002')).items).toHaveLength(1);
    expect((await list('actor=%25')).items).toEqual([]);
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.next}`);
    expect(Number(second.items[0].position)).toBeLessThan(Number(first.items[1].position));
    await service.app.get(Outbox).flushed(5_000);
    await service.app.get(ConsumerProgress).caughtUp(['audit'], 5_000);
    expect((await list('actor=the.auditor.null')).items.length).toBeGreaterThan(0);
    expect((await ask('administrator', null, 'GET', 'accesses')).body.code).toBe('ROLE_NOT_ALLOWED');
  });

  it('cannot have its audit trail changed', async () => {
    const database = service.app.get(Database);
    for (const statement of ["UPDATE accesses SET code = 'x'", 'DELETE FROM accesses', 'TRUNCATE accesses']) {
      await expect(database.query(statement)).rejects.toThrow('never changed');
    }
  });

  it('shows nothing when the access cannot be recorded', async () => {
    const database = service.app.get(Database);
    await database.query('ALTER TABLE outbox RENAME TO outbox_gone');
    try {
      expect(await outcome('H001')).toBe('UNAVAILABLE');
    } finally {
      await database.query('ALTER TABLE outbox_gone RENAME TO outbox');
    }
    expect(await outcome('H001')).toBe('HOME_HOSPITAL');
  });
});

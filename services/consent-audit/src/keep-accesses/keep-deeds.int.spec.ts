import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeedRecordedV1, type EventData } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { loggedRecords } from '../storage/logged-records.js';
import { AT_DESK, ConsentAuditService } from '../testing/consent-audit-service.js';
import { emergency, newPatient, person } from '../testing/emergency.js';

describe('the audit trail of deeds', () => {
  let service: ConsentAuditService;
  let golden: EventData<typeof DeedRecordedV1>;

  beforeAll(async () => {
    const file = new URL('../../../../libs/contracts/src/golden/deed.recorded.v1.json', import.meta.url);
    golden = DeedRecordedV1.data.parse(JSON.parse(await readFile(file, 'utf8')));
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());

  const listed = async (query: string) => (await service.ask('auditor', null, 'GET', `accesses?${query}`)).body.items;
  const clinician = person('clinician', 'H003');

  it('keeps what other services carried out, once, and lists it among the accesses', async () => {
    await service.told(DeedRecordedV1, golden);
    await service.settled();
    expect(await listed('actor=admin')).toEqual([
      {
        position: expect.any(String),
        accessId: golden.recordId,
        at: golden.at,
        lastAt: golden.at,
        count: 1,
        actor: golden.actor,
        action: 'workstation.change',
        purposeOfUse: 'HOPERAT',
        personId: null,
        studyInstanceUid: null,
        ownerHospital: 'H001',
        breakGlassId: null,
        account: null,
        address: null,
        object: { kind: 'workstation', id: 'H1READ1' },
        query: ['certificates', 'host'],
        decision: { outcome: 'permit', code: 'DONE', policies: [], policyVersion: '' },
        service: 'test',
      },
    ]);
  });

  it('seals what a deed was done to', async () => {
    const [first] = await loggedRecords(service.app.get(Database), 0, 1);
    expect(first?.record).toMatchObject({
      action: 'workstation.change',
      objectKind: 'workstation',
      objectId: 'H1READ1',
    });
  });

  it('has what is done here when the answer comes: emergencies, verdicts, objections, relationships', async () => {
    const { personId, study } = newPatient();
    await service.knows(personId, study);
    const { body: glass } = await service.askAs(clinician, 'POST', 'break-glass', emergency({ personId }));
    await service.askAs(clinician, 'DELETE', `break-glass/${glass.breakGlassId}`);
    await service.ask('auditor', null, 'POST', `break-glass/${glass.breakGlassId}/reviews`, { verdict: 'justified' });
    const scope = { kind: 'study', studyInstanceUid: study };
    const objection = { personId, decision: 'closes', scope, receiver: 'H002', ...AT_DESK };
    const { body: consent } = await service.ask('steward', 'H001', 'POST', 'consents', objection);
    for (const _ of ['once', 'again'])
      await service.ask('steward', 'H001', 'POST', `consents/${consent.consentId}/end`, AT_DESK);
    const reason = '会诊需要对比既往片';
    const { body: declared } = await service.askAs(clinician, 'POST', 'declared-relationships', { personId, reason });
    const database = service.app.get(Database);
    const deeds = await database.query(
      `SELECT action, subject, account, purpose_of_use AS purpose, owner_hospital AS hospital, object_kind AS kind,
         object_id AS id, study_uid AS study, code
       FROM accesses WHERE person_id = $1 AND object_id IS NOT NULL ORDER BY position`,
      [personId],
    );
    const none = { account: null, hospital: null, study: null };
    const ofGlass = { hospital: 'H003', kind: 'break-glass', id: glass.breakGlassId, study: null };
    const ofConsent = {
      ...none,
      subject: 'the.steward.H001',
      purpose: 'PATRQT',
      kind: 'consent',
      id: consent.consentId,
    };
    const doctor = { subject: clinician.subject, account: null };
    expect(deeds).toEqual([
      { ...ofGlass, ...doctor, action: 'break-glass.open', purpose: 'BTG', code: 'unconscious' },
      { ...ofGlass, ...doctor, account: doctor.subject, action: 'break-glass.end', purpose: 'BTG', code: 'opener' },
      {
        ...ofGlass,
        subject: 'the.auditor.null',
        account: doctor.subject,
        action: 'break-glass.review',
        purpose: 'HOPERAT',
        code: 'justified',
      },
      { ...ofConsent, action: 'consent.close', hospital: 'H002', study, code: 'study' },
      { ...ofConsent, action: 'consent.end', code: 'DONE' },
      {
        ...none,
        ...doctor,
        action: 'relationship.declare',
        purpose: 'TREAT',
        hospital: 'H003',
        kind: 'relationship',
        id: declared.relationshipId,
        code: 'DONE',
      },
    ]);
  });

  it('says that the province itself ended what nobody ended in time', async () => {
    const { personId, study } = newPatient();
    await service.knows(personId, study);
    const { body: glass } = await service.askAs(clinician, 'POST', 'break-glass', emergency({ personId }));
    const database = service.app.get(Database);
    await database.query(
      `UPDATE break_glasses SET expires_at = now() - interval '1 minute' WHERE break_glass_id = $1`,
      [glass.breakGlassId],
    );
    const ends = () => listed(`personId=${personId}&action=break-glass.end`);
    for (let tries = 0; tries < 100 && (await ends()).length === 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await ends()).toMatchObject([
      { actor: { subject: '-' }, account: clinician.subject, decision: { code: 'time' } },
    ]);
  });

  it('is searched by action and by purpose', async () => {
    const actions = async (query: string) =>
      new Set((await listed(query)).map(({ action }: { action: string }) => action));
    expect(await actions('purposeOfUse=PATRQT')).toEqual(new Set(['consent.close', 'consent.end']));
    expect(await actions('action=break-glass.review&hospital=H003')).toEqual(new Set(['break-glass.review']));
    const { status, body } = await service.ask('auditor', null, 'GET', 'accesses?action=nothing.done');
    expect([status, body.code]).toEqual([400, 'INVALID_REQUEST']);
  });

  it('does not have a deed that was not carried out', async () => {
    const before = await listed('action=break-glass.open&limit=200');
    const late = person('clinician', 'H003', { secondFactorAt: new Date(0) });
    expect(
      (await service.askAs(late, 'POST', 'break-glass', emergency({ personId: newPatient().personId }))).status,
    ).toBe(403);
    expect(await listed('action=break-glass.open&limit=200')).toEqual(before);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '@yinglian/persistence';
import { AT_DESK, ConsentAuditService } from '../testing/consent-audit-service.js';
import { newPatient } from '../testing/emergency.js';

const yearsAgo = (years: number) => `${new Date().getUTCFullYear() - years}0101`;

describe('what patients say of sharing', () => {
  let service: ConsentAuditService;
  let patient: string;
  let study: string;

  const state = (more: object, hospital: string | null = 'H001') =>
    service.ask('steward', hospital, 'POST', 'consents', {
      personId: patient,
      decision: 'closes',
      scope: { kind: 'person' },
      ...AT_DESK,
      ...more,
    });
  const opening = async (hospital: string) => {
    await service.settled();
    return service.opening(hospital, patient, study);
  };
  const openings = async () => [await opening('H001'), await opening('H002'), await opening('H003')];
  const born = async (birthDate: string) => {
    await service.born(patient, birthDate);
    await service.settled();
  };
  const sharing = async () => (await service.ask('steward', 'H001', 'GET', `persons/${patient}/sharing`)).body;
  const statements = async () =>
    (await service.ask('steward', 'H001', 'GET', `persons/${patient}/consents`)).body.items;

  const [HOME, OPEN, CLOSED] = ['HOME_HOSPITAL', 'ACCESS_REASON_NEEDED', 'PATIENT_OBJECTS'];
  const guardian = { kind: 'guardian', proof: { kind: 'birth-certificate', reference: 'O 350123456' } };

  beforeAll(async () => {
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    ({ personId: patient, study } = newPatient());
    await service.knows(patient, study);
    await service.settled();
  });

  it('closes to one hospital, and is opened again as easily', async () => {
    const closed = await state({ receiver: 'H003' });
    expect([closed.status, await openings()]).toEqual([201, [HOME, OPEN, CLOSED]]);
    await state({ receiver: 'H003', decision: 'opens' });
    expect(await openings()).toEqual([HOME, OPEN, OPEN]);
    // The closing ended with what replaced it, and stands in the list as it was said.
    expect((await statements()).map(({ decision, endedAt }: never) => [decision, endedAt !== null])).toEqual([
      ['opens', false],
      ['closes', true],
    ]);
  });

  it('excepts one hospital from what is closed, until that is taken back', async () => {
    await state({});
    const { body } = await state({ receiver: 'H003', decision: 'opens' });
    expect(await openings()).toEqual([HOME, CLOSED, OPEN]);
    const none = { studyDate: null, modality: null };
    expect(await sharing()).toEqual({
      all: {
        ...none,
        studyInstanceUid: '',
        hospital: '',
        closed: true,
        until: null,
        except: [{ hospital: 'H003', until: null }],
      },
      studies: [
        {
          studyInstanceUid: study,
          hospital: 'H001',
          studyDate: '20261124',
          modality: 'CT',
          closed: true,
          until: null,
          except: [{ hospital: 'H003', until: null }],
        },
      ],
    });
    expect((await service.ask('steward', 'H001', 'POST', `consents/${body.consentId}/end`, AT_DESK)).status).toBe(200);
    expect(await openings()).toEqual([HOME, CLOSED, CLOSED]);
  });

  it('opens until a day, and what was closed before stands after it', async () => {
    await state({});
    const said = await state({ receiver: 'H003', decision: 'opens', until: '2099-03-31' });
    expect([said.status, await openings()]).toEqual([201, [HOME, CLOSED, OPEN]]);
    expect((await sharing()).all).toMatchObject({ closed: true, except: [{ hospital: 'H003', until: '2099-03-31' }] });
    await state({ decision: 'opens', until: '2099-12-31' });
    expect(await openings()).toEqual([HOME, OPEN, OPEN]);
    expect((await sharing()).all).toMatchObject({ closed: false, until: '2099-12-31', except: [] });
    const ends = async () =>
      (await statements()).map((one: Record<string, unknown>) => [one.decision, one.until, one.endedAt]);
    expect(await ends()).toEqual([
      ['opens', '2099-12-31', null],
      ['opens', '2099-03-31', null],
      ['closes', null, null],
    ]);
    // Another day replaces the opening, and no closing.
    await state({ decision: 'opens', until: '2098-12-31' });
    expect((await ends()).map(([decision, until, endedAt]: unknown[]) => [decision, until, endedAt !== null])).toEqual([
      ['opens', '2098-12-31', false],
      ['opens', '2099-12-31', true],
      ['opens', '2099-03-31', false],
      ['closes', null, false],
    ]);
  });

  it('shows what is over by itself as ended, and nobody ends it again', async () => {
    const { body } = await state({ decision: 'opens' });
    const database = service.app.get(Database);
    const copied = `INSERT INTO consents SELECT (jsonb_populate_record(c, jsonb_build_object('consent_id', gen_random_uuid(),
      'said_at', '2026-01-01T00:00:00Z', 'ends_at', '2026-03-31T16:00:00Z'))).* FROM consents c WHERE consent_id = $1`;
    await database.query(copied, [body.consentId]);
    const over = (await statements())[1];
    expect(over).toMatchObject({ until: '2026-03-31', endedAt: '2026-03-31T16:00:00.000Z', endedAs: null });
    const again = await service.ask('steward', 'H001', 'POST', `consents/${over.consentId}/end`, AT_DESK);
    expect(again.body.code).toBe('CONSENT_NOT_FOUND');
  });

  it('closes without an end, and opens until no day that is over', async () => {
    const refused = [
      await state({ until: '2099-03-31' }),
      await state({ decision: 'opens', until: '2026-01-01' }),
      await state({ decision: 'opens', until: '2099-02-30' }),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
      [422, 'CLOSED_WITHOUT_END'],
      [422, 'END_IS_PAST'],
      [400, 'INVALID_REQUEST'],
    ]);
  });

  it('closes one study and leaves the others, and is heard of within two seconds', async () => {
    const began = performance.now();
    await state({ scope: { kind: 'study', studyInstanceUid: study } });
    let refused = await service.opening('H003', patient, study);
    while (refused !== CLOSED) refused = await service.opening('H003', patient, study);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(await service.opening('H003', patient, '9.9.9')).toBe(OPEN);
    expect(await sharing()).toMatchObject({ all: { closed: false }, studies: [{ closed: true, except: [] }] });
  });

  it('keeps who said it on what proof, and who took it down where', async () => {
    const proxy = { kind: 'proxy', proof: { kind: 'power-of-attorney', reference: '委托书 2026-0815' } };
    await state({ by: proxy, note: '委托人行动不便' });
    expect(await statements()).toMatchObject([
      {
        by: proxy,
        identity: 'resident-id',
        recordedBy: 'the.steward.H001',
        recordedAtHospital: 'H001',
        note: '委托人行动不便',
      },
    ]);
    const heirs = {
      kind: 'heir',
      proof: { kind: 'notarised-kinship', reference: '公证 88', deathCertificate: '死亡证 7' },
    };
    await state({ by: heirs });
    expect((await statements())[0].by).toEqual(heirs);
  });

  it('refuses who has no proof, a clerk who saw no document, a study of somebody else, and everybody who is neither clerk nor patient', async () => {
    const refused = [
      await state({ by: { kind: 'proxy' } }),
      await state({ by: { kind: 'heir', proof: { kind: 'notarised-kinship', reference: '公证 88' } } }),
      await state({ identity: undefined }),
      await state({ receiver: 'everybody' }),
      await state({ scope: { kind: 'study', studyInstanceUid: '9.9.9' } }),
      await state({ personId: newPatient().personId, scope: { kind: 'study', studyInstanceUid: study } }),
      await service.ask('clinician', 'H001', 'POST', 'consents', {}),
      await service.ask('administrator', 'H001', 'GET', `persons/${patient}/sharing`),
    ];
    expect(refused.map(({ body }) => body.code)).toEqual([
      'INVALID_REQUEST',
      'INVALID_REQUEST',
      'IDENTITY_NEEDED',
      'INVALID_REQUEST',
      'STUDY_NOT_FOUND',
      'STUDY_NOT_FOUND',
      'ROLE_NOT_ALLOWED',
      'ROLE_NOT_ALLOWED',
    ]);
    expect(await statements()).toEqual([]);
  });

  it('is a guardian’s word under 14, and the patient’s own from then on', async () => {
    expect((await state({ by: guardian })).body.code).toBe('BIRTH_DATE_UNKNOWN');
    await born(yearsAgo(9));
    expect((await state({})).body.code).toBe('GUARDIAN_NEEDED');
    const { body } = await state({ by: guardian });
    expect(await opening('H003')).toBe(CLOSED);
    const end = (by?: object) =>
      service.ask('steward', 'H001', 'POST', `consents/${body.consentId}/end`, { ...AT_DESK, ...(by && { by }) });
    expect([(await end()).body.code, (await end(guardian)).status, await opening('H003')]).toEqual([
      'GUARDIAN_NEEDED',
      200,
      OPEN,
    ]);
  });

  it('refuses a guardian of somebody who is 14', async () => {
    await born(yearsAgo(20));
    expect([(await state({ by: guardian })).body.code, (await state({})).status]).toEqual(['GUARDIAN_NO_MORE', 201]);
  });

  it('cannot be changed or removed afterwards', async () => {
    await state({});
    const database = service.app.get(Database);
    for (const statement of ["UPDATE consents SET note = 'x'", 'DELETE FROM consents'])
      await expect(database.query(`${statement} WHERE person_id = $1`, [patient])).rejects.toThrow('never changed');
  });
});

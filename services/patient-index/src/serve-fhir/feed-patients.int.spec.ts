import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FhirValidator, machineHas } from '@yinglian/testing';
import { FhirClient } from '../testing/fhir-client.js';
import { observed, PatientIndexService, residentIdOf } from '../testing/patient-index-service.js';

const H001 = 'urn:yinglian:hospital:H001';
const RESIDENT_ID = 'urn:oid:2.16.156.10011.1.3';

interface Told {
  readonly residentId?: string;
  readonly [element: string]: unknown;
}

/** A Patient of H001 as its HIS would send it. */
const patient = (value: string, { residentId, ...told }: Told = {}) => ({
  resourceType: 'Patient',
  identifier: [
    { system: H001, value },
    ...(residentId === undefined ? [] : [{ system: RESIDENT_ID, value: residentId }]),
  ],
  active: true,
  ...told,
});
const named = (family: string, given: string) => [{ use: 'official', family, given: [given] }];
const replacedBy = (value: string) => ({
  active: false,
  link: [{ type: 'replaced-by', other: { identifier: { system: H001, value } } }],
});

describe('a patient feed in FHIR', () => {
  let index: PatientIndexService;
  let fhir: FhirClient;
  const residentId = residentIdOf(1, '19920317');
  const known = observed('H002', { id: 'K-1', pn: '王^小雨', sex: 'F', residentId });

  beforeAll(async () => {
    index = await PatientIndexService.start();
    fhir = new FhirClient(index);
    await index.observe(known);
  });
  afterAll(() => index.stop());

  const put = (value: string, body: unknown) =>
    fhir.asProgram('PUT', `Patient?${new URLSearchParams({ identifier: `${H001}|${value}` })}`, body);
  const personOf = (id: string) => index.personOf(observed('H001', { id }));
  const send = (entry: unknown[]) =>
    fhir.asProgram('POST', '$process-message', { resourceType: 'Bundle', type: 'message', entry });
  const header = {
    fullUrl: 'urn:uuid:7d0a1c3e-41c9-4d57-9a3e-0d6c0a5f1b11',
    resource: {
      resourceType: 'MessageHeader',
      id: '7d0a1c3e-41c9-4d57-9a3e-0d6c0a5f1b11',
      eventUri: 'urn:ihe:iti:pmir:2019:patient-feed',
      source: { endpoint: 'https://his.h001.example/fhir' },
    },
  };
  const history = (...entry: unknown[]) => ({ resource: { resourceType: 'Bundle', type: 'history', entry } });

  describe('by conditional update (ITI-104)', () => {
    it('adds a patient, who is linked like any other, and revises it', async () => {
      const told = { name: named('王', '小雨'), gender: 'female', residentId };
      const added = await put('F-1', patient('F-1', told));
      expect([added.status, added.body.issue[0].severity]).toEqual([201, 'information']);
      expect(await personOf('F-1')).toBe(await index.personOf(known));
      expect(added.headers.get('location')).toMatch(new RegExp(`/fhir/Patient/${await personOf('F-1')}$`));
      const again = await put('F-1', patient('F-1', told));
      expect(again.status).toBe(200);
      await put('F-1', patient('F-1', { ...told, birthDate: '1992-03-17', name: named('汪', '小雨') }));
      const versions = await index.database.query(
        `SELECT name->>'ideographic' AS name, birth_date, sex FROM observations JOIN patients USING (patient_no) WHERE local_id = 'F-1' ORDER BY version`,
      );
      expect(versions).toEqual([
        { name: '王^小雨', birth_date: null, sex: 'F' },
        { name: '汪^小雨', birth_date: '19920317', sex: 'F' },
      ]);
    });

    it('takes both spellings, phones, addresses and typed numbers as a gateway’s message has them', async () => {
      const body = {
        ...patient('F-2', { birthDate: '1970', gender: 'unknown', multipleBirthInteger: 2 }),
        name: [{ text: '张伟' }, { use: 'usual', family: 'ZHANG', given: ['WEI'] }],
        telecom: [
          { system: 'phone', value: '13800001111' },
          { system: 'email', value: 'x@example.org' },
        ],
        address: [{ line: ['某路1号'], city: '某市' }],
      };
      body.identifier.push({
        system: 'urn:example:cards',
        value: 'HC-77',
        type: { coding: [{ code: 'HC' }] },
      } as never);
      expect((await put('F-2', body)).status).toBe(201);
      const [kept] = await index.database.query(
        `SELECT name, birth_date, sex, other_ids, contact FROM observations JOIN patients USING (patient_no) WHERE local_id = 'F-2'`,
      );
      expect(kept).toEqual({
        name: { ideographic: '张伟', alphabetic: 'ZHANG^WEI', charsetGuessed: false },
        birth_date: null,
        sex: '',
        other_ids: [{ id: 'HC-77', issuer: 'urn:example:cards', type: 'HEALTH_CARD' }],
        contact: {
          phones: ['13800001111'],
          addresses: [{ lines: ['某路1号'], district: '', city: '某市', state: '', postalCode: '' }],
          mother: null,
          birthOrder: 2,
        },
      });
    });

    it('makes two patients one by a link, once, and asks a steward where it must', async () => {
      await put('D-1', patient('D-1', { name: named('赵', '明') }));
      await put('D-2', patient('D-2', { name: named('赵', '敏') }));
      const merged = await put('D-2', patient('D-2', replacedBy('D-1')));
      expect([merged.status, merged.body.issue[0].details.text]).toEqual([200, 'Both are one person now']);
      expect(await personOf('D-2')).toBe(await personOf('D-1'));
      const again = await put('D-2', patient('D-2', replacedBy('D-1')));
      expect(again.body.issue[0].details.text).toBe('Both were one person already');
      const turned = await put('D-1', patient('D-1', replacedBy('D-2')));
      expect(turned.body.issue[0].details.text).toBe('Both were one person already');
      await put('D-3', patient('D-3', { name: named('钱', '一'), residentId: residentIdOf(3) }));
      await put('D-4', patient('D-4', { name: named('钱', '二'), residentId: residentIdOf(4) }));
      const asked = await put('D-3', patient('D-3', replacedBy('D-4')));
      expect(asked.body.issue[0]).toMatchObject({ severity: 'warning', code: 'business-rule' });
      expect(await personOf('D-3')).not.toBe(await personOf('D-4'));
    });

    it.each<[string, string, unknown, number, string]>([
      ['of another hospital', 'urn:yinglian:hospital:H002|K-1', patient('K-1'), 403, 'PATIENT_OF_ANOTHER_HOSPITAL'],
      ['of no system known here', 'urn:oid:1.2.3|1', patient('1'), 422, 'PATIENT_NOT_UNDERSTOOD'],
      ['other than the address says', `${H001}|A`, patient('B'), 422, 'PATIENT_NOT_UNDERSTOOD'],
      ['replaced by itself', `${H001}|A`, patient('A', replacedBy('A')), 422, 'PATIENT_NOT_UNDERSTOOD'],
      [
        'replaced by another hospital’s',
        `${H001}|A`,
        patient('A', {
          link: [
            { type: 'replaced-by', other: { identifier: { system: 'urn:yinglian:hospital:H002', value: 'K-1' } } },
          ],
        }),
        422,
        'PATIENT_NOT_UNDERSTOOD',
      ],
      ['that is no Patient', `${H001}|A`, { resourceType: 'Person' }, 400, 'INVALID_REQUEST'],
      ['with a modifier', `${H001}|A`, patient('A', { modifierExtension: [{ url: 'urn:x' }] }), 400, 'INVALID_REQUEST'],
      ['born on no day', `${H001}|A`, patient('A', { birthDate: '17.03.1992' }), 400, 'INVALID_REQUEST'],
      ['named by an object', `${H001}|A`, patient('A', { name: [{ family: { $ne: '' } }] }), 400, 'INVALID_REQUEST'],
    ])('refuses one %s', async (_, identifier, body, status, code) => {
      const answer = await fhir.asProgram('PUT', `Patient?${new URLSearchParams({ identifier })}`, body);
      expect([answer.status, answer.body.issue[0].details.coding[0].code]).toEqual([status, code]);
    });

    it('is for programs of a hospital with the scope', async () => {
      const path = `Patient?${new URLSearchParams({ identifier: `${H001}|X` })}`;
      for (const who of [{ hospital: null }, { scopes: ['persons:read'] as const }]) {
        expect((await fhir.asProgram('PUT', path, patient('X'), who)).status).toBe(403);
      }
      const removed = await fhir.asProgram('DELETE', path, undefined);
      expect(removed).toMatchObject({
        status: 400,
        body: { issue: [{ code: 'not-supported', diagnostics: 'Remove Patient is not supported' }] },
      });
    });

    it('keeps quotes, scripts and broken characters of every text as text', async () => {
      const evil = `'; DROP TABLE persons; -- <script>alert(1)</script> %_\\`;
      expect((await put(evil, patient(evil, { name: [{ text: `${evil}\u0000\ud800` }] }))).status).toBe(201);
      expect(await personOf(evil)).toMatch(/^P/);
    });
  });

  it('by create takes the identifier from the Patient', async () => {
    expect((await fhir.asProgram('POST', 'Patient', patient('C-1', { name: named('孙', '三') }))).status).toBe(201);
    expect((await fhir.asProgram('POST', 'Patient', patient('C-1', { name: named('孙', '三') }))).status).toBe(200);
    expect((await fhir.asProgram('POST', 'Patient', { resourceType: 'Patient' })).status).toBe(422);
  });

  describe('by message (ITI-93)', () => {
    it('takes in all patients of a history, and their merges', async () => {
      const resource = { ...patient('M-1', { name: named('李', '四') }), id: 'm1' };
      const answer = await send([
        header,
        history(
          {
            fullUrl: 'https://his.h001.example/fhir/Patient/m1',
            resource,
            request: { method: 'POST', url: 'Patient' },
          },
          {
            fullUrl: 'https://his.h001.example/fhir/Patient/m2',
            resource: {
              ...patient('M-2', { name: named('李', '思'), active: false }),
              id: 'm2',
              link: [{ type: 'replaced-by', other: { reference: 'Patient/m1' } }],
            },
            request: { method: 'PUT', url: 'Patient/m2' },
          },
        ),
      ]);
      expect(answer).toMatchObject({
        status: 200,
        body: {
          type: 'message',
          entry: [
            { resource: { resourceType: 'MessageHeader', response: { identifier: header.resource.id, code: 'ok' } } },
          ],
        },
      });
      expect(await personOf('M-2')).toBe(await personOf('M-1'));
    });

    it('takes in none when one is wrong', async () => {
      const right = { fullUrl: 'urn:uuid:1', resource: patient('N-1', { name: named('周', '五') }) };
      const wrong = {
        resource: { ...patient('N-2'), identifier: [{ system: 'urn:yinglian:hospital:H002', value: 'N-2' }] },
      };
      for (const [entries, status] of [
        [[header, history(right, wrong)], 422],
        [[header, history(right, { ...right, request: { method: 'DELETE', url: 'Patient/1' } })], 400],
        [[header, right, { resource: { resourceType: 'Observation' } }], 422],
        [[right], 400],
      ] as const) {
        expect((await send([...entries])).status).toBe(status);
      }
      await expect(personOf('N-1')).rejects.toThrow('not linked');
    });
  });

  (machineHas('java') ? it : it.skip)('gives no answer in which the FHIR validator finds an error', async () => {
    const validator = await FhirValidator.prepare();
    const issues = await validator.validate(fhir.answers.map(({ body }) => body));
    const wrong = issues.flat().filter(({ severity }) => severity === 'error' || severity === 'fatal');
    expect(fhir.answers.length).toBeGreaterThan(25);
    expect(wrong).toEqual([]);
  });
});

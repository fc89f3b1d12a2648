import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FhirValidator, machineHas } from '@yinglian/testing';
import { FhirClient } from '../testing/fhir-client.js';
import { observed, PatientIndexService, residentIdOf } from '../testing/patient-index-service.js';

const H001 = 'urn:yinglian:hospital:H001';
const H002 = 'urn:yinglian:hospital:H002';
const RESIDENT_ID = 'urn:oid:2.16.156.10011.1.3';

describe('the patient index in FHIR', () => {
  let index: PatientIndexService;
  let fhir: FhirClient;
  const residentId = residentIdOf(1, '19920317');
  const wang = observed('H001', { id: 'W-1', pn: '王^小雨', sex: 'F', residentId });
  const wangAgain = observed('H002', {
    id: 'W_2',
    pn: 'WANG^XIAOYU',
    residentId,
    observedAt: '2026-11-24T09:00:00.000Z',
  });
  const zhang = observed('H002', { id: 'Z|3', pn: '张^伟', sex: 'M', birthDate: '19700101' });
  const zhangToo = observed('H003', { id: 'Z-4', pn: '张^伟', sex: 'M', birthDate: '19700102' });
  const ouyang = observed('H001', { id: 'O-5', pn: '欧阳^张三', birthDate: '19880229' });

  beforeAll(async () => {
    index = await PatientIndexService.start();
    fhir = new FhirClient(index);
    await index.observe(wang);
    await index.observe(wangAgain, zhang, zhangToo, ouyang);
  });
  afterAll(() => index.stop());

  const code = ({ body }: { body: { issue?: { details: { coding: { code: string }[] } }[] } }) =>
    body.issue?.[0]?.details.coding[0]?.code;
  const namesIn = ({ body }: { body: { entry?: { resource: { name: { text: string }[] } }[] } }) =>
    (body.entry ?? []).map(({ resource }) => resource.name[0]?.text).sort();

  describe('a person', () => {
    it('is shown with all numbers, the resident id masked, in both spellings', async () => {
      const personId = await index.personOf(wang);
      const { status, headers, body } = await fhir.get(`Patient/${personId}`);
      const recordNumber = {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR', display: 'Medical record number' },
        ],
      };
      const written = (valueCode: string) => [
        { url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation', valueCode },
      ];
      expect(body).toEqual({
        resourceType: 'Patient',
        id: personId,
        meta: { versionId: expect.stringMatching(/^[0-9a-f]{16}$/), lastUpdated: expect.any(String) },
        identifier: [
          { use: 'official', system: 'urn:yinglian:person', value: personId },
          { use: 'usual', type: recordNumber, system: H002, value: 'W_2', assigner: { display: 'H002' } },
          { use: 'usual', type: recordNumber, system: H001, value: 'W-1', assigner: { display: 'H001' } },
          {
            use: 'official',
            system: RESIDENT_ID,
            _value: {
              extension: [
                { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' },
                {
                  url: 'http://hl7.org/fhir/StructureDefinition/rendered-value',
                  valueString: `339901********${residentId.slice(14)}`,
                },
              ],
            },
          },
        ],
        active: true,
        name: [
          { extension: written('IDE'), use: 'official', text: '王小雨', family: '王', given: ['小雨'] },
          { extension: written('ABC'), use: 'usual', text: 'WANG XIAOYU', family: 'WANG', given: ['XIAOYU'] },
        ],
        gender: 'female',
        birthDate: '1992-03-17',
      });
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('etag')).toBe(`W/"${body.meta.versionId}"`);
      const same = await fhir.get(`Patient/${personId}`, { 'if-none-match': headers.get('etag') ?? '' });
      expect([same.status, same.body]).toEqual([304, null]);
    });

    it('who was merged is shown as inactive, with the way to the other one, until that is taken back', async () => {
      const [from, into] = [await index.personOf(zhangToo), await index.personOf(zhang)];
      const before = (await fhir.get(`Patient/${from}`)).body;
      const merge = { fromPersonId: from, intoPersonId: into, note: '同一人' };
      const { body: made } = await index.ask('steward', 'POST', 'merges', merge);
      const merged = (await fhir.get(`Patient/${from}`)).body;
      expect(merged).toMatchObject({
        id: from,
        active: false,
        link: [{ other: { reference: `Patient/${into}` }, type: 'replaced-by' }],
      });
      expect(merged.name).toBeUndefined();
      const survivor = (await fhir.get(`Patient/${into}`)).body;
      expect(survivor).toMatchObject({
        active: true,
        link: [{ other: { reference: `Patient/${from}` }, type: 'replaces' }],
      });
      const byOldId = await fhir.search({ identifier: `urn:yinglian:person|${from}` });
      expect(byOldId.body.entry.map((entry: { resource: { id: string } }) => entry.resource.id)).toEqual([into]);
      const byId = await fhir.search({ _id: from });
      expect(byId.body.entry.map((entry: { resource: { active: boolean } }) => entry.resource.active)).toEqual([false]);
      expect((await fhir.search({ _id: from, active: 'true' })).body.total).toBe(0);
      await index.ask('steward', 'POST', `decisions/${made.decisionId}/withdrawal`, { note: '不是同一人' });
      const { meta, ...after } = (await fhir.get(`Patient/${from}`)).body;
      expect({ ...after, versionId: meta.versionId }).toEqual({
        ...before,
        meta: undefined,
        versionId: before.meta.versionId,
      });
    });

    it('of an id that was never given out is not found', async () => {
      for (const id of [`P${'0'.repeat(26)}`, 'x', '%00', "'"]) {
        expect(await fhir.get(`Patient/${id}`)).toMatchObject({
          status: 404,
          body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found' }] },
        });
      }
    });
  });

  describe('a search', () => {
    it.each<[string, Record<string, string>, string[]]>([
      ['a hospital’s number', { identifier: `${H001}|W-1` }, ['王小雨']],
      ['a number with a bar in it', { identifier: `${H002}|Z\\|3` }, ['张伟']],
      ['another hospital’s number', { identifier: `${H002}|W-1` }, []],
      ['a number of any system', { identifier: 'W_2' }, ['王小雨']],
      ['a number without system', { identifier: '|W_2' }, []],
      ['any of two numbers', { identifier: `${H001}|W-1,${H001}|O-5` }, ['欧阳张三', '王小雨'].sort()],
      ['the resident id', { identifier: `${RESIDENT_ID}|${residentId}` }, ['王小雨']],
      ['the resident id, in no system', { identifier: residentId }, ['王小雨']],
      ['a resident id with a mistake', { identifier: `${RESIDENT_ID}|110105194912310021` }, []],
      ['a number and who else', { identifier: `${H001}|W-1`, family: '张' }, []],
      ['a family name', { family: '张' }, ['张伟', '张伟']],
      ['a family name in pinyin', { family: 'Zhang', birthdate: '1970-01-01' }, ['张伟']],
      ['a family name of two characters', { family: '欧阳' }, ['欧阳张三']],
      ['a family name in a variant', { family: '張', birthdate: '1970-01-02' }, ['张伟']],
      ['family and given name', { family: '王', given: '小雨' }, ['王小雨']],
      ['family and given name in pinyin', { family: 'wang', given: 'xiaoyu' }, ['王小雨']],
      ['a given name that is another’s', { family: '王', given: '伟' }, []],
      ['a name', { name: '小雨' }, ['王小雨']],
      ['an exact name', { 'name:exact': 'WANG XIAOYU' }, ['王小雨']],
      ['a part of an exact name', { 'name:exact': '小' }, []],
      ['a birth date', { birthdate: '1970-01-01' }, ['张伟']],
      ['name and a span of birth dates', { name: '张伟', birthdate: 'ge1970-01-02' }, ['张伟']],
      ['name and another span', { name: '张伟', birthdate: 'lt1970' }, []],
      ['name and a year of birth', { name: '张', birthdate: '1988' }, ['欧阳张三']],
      ['name and gender', { name: '张', gender: 'male' }, ['张伟', '张伟']],
      ['name and no gender', { name: '张', gender: 'unknown' }, ['欧阳张三']],
      ['an inactive person by name', { name: '张', active: 'false' }, []],
      ['a pattern sign', { name: '%' }, []],
      ['an injected quote', { name: "' OR '1'='1" }, []],
    ])('by %s finds', async (_, parameters, names) => {
      const answer = await fhir.search(parameters);
      expect(answer.status).toBe(200);
      expect(namesIn(answer)).toEqual(names);
      expect(namesIn(await fhir.get(`Patient?${new URLSearchParams(parameters)}`))).toEqual(names);
    });

    it.each<[string, Record<string, string>, string]>([
      ['nothing', {}, 'SEARCH_TOO_WIDE'],
      ['a gender alone', { gender: 'male' }, 'SEARCH_TOO_WIDE'],
      ['a span of birth dates alone', { birthdate: 'ge1970-01-01' }, 'SEARCH_TOO_WIDE'],
      ['what is not kept', { name: '王', address: '大街' }, 'PARAMETER_NOT_SUPPORTED'],
      ['a misspelt parameter', { name: '王', birthDate: '1970-01-01' }, 'PARAMETER_NOT_SUPPORTED'],
      ['what every object has', { name: '王', toString: 'x' }, 'PARAMETER_NOT_SUPPORTED'],
      ['an unknown modifier', { 'name:missing': 'true' }, 'PARAMETER_NOT_SUPPORTED'],
      ['no date', { birthdate: '1970-13-01' }, 'PARAMETER_INVALID'],
      ['no gender', { name: '王', gender: 'm' }, 'PARAMETER_INVALID'],
      ['no count', { name: '王', _count: '-1' }, 'PARAMETER_INVALID'],
      ['too long a name', { name: '王'.repeat(65) }, 'PARAMETER_INVALID'],
      ['a page that was not given', { _page: "x' OR 1=1" }, 'PARAMETER_INVALID'],
      ['a page that was made up', { _page: Buffer.alloc(64).toString('base64url') }, 'PARAMETER_INVALID'],
      ['an unknown system to be shown', { name: '王', identifier: 'urn:oid:1.2.3|' }, 'RETURNED_DOMAIN_UNKNOWN'],
    ])('by %s is refused', async (_, parameters, expected) =>
      expect(code(await fhir.search(parameters))).toBe(expected),
    );

    it('leaves out what it does not know for those who prefer that, and says so', async () => {
      const { body } = await fhir.search({ family: '王', address: '大街' }, { prefer: 'handling=lenient' });
      expect(body.link).toEqual([{ relation: 'self', url: expect.not.stringContaining('address') }]);
      expect(body.entry.map((entry: { search: { mode: string } }) => entry.search.mode)).toEqual(['match', 'outcome']);
    });

    it('shows the identifiers of the systems asked for only', async () => {
      const { body } = await fhir.search({ family: '王', identifier: `${H001}|,${RESIDENT_ID}|` });
      const [{ resource }] = body.entry;
      expect(resource.identifier.map(({ system }: { system: string }) => system)).toEqual([H001, RESIDENT_ID]);
    });

    it('comes in pages without doubles or gaps', async () => {
      await index.observe(...Array.from({ length: 7 }, (_, n) => observed('H001', { pn: '甄^页', id: `page-${n}` })));
      const seen: string[] = [];
      let answer = await fhir.search({ name: '甄页', _count: '3' });
      for (;;) {
        const { entry = [], link } = answer.body;
        expect(entry.length).toBeLessThanOrEqual(3);
        seen.push(...entry.map(({ resource }: { resource: { id: string } }) => resource.id));
        const next = link.find(({ relation }: { relation: string }) => relation === 'next');
        if (next === undefined) break;
        expect(decodeURIComponent(next.url)).not.toMatch(/甄|name/);
        answer = await fhir.get(next.url.split('/fhir/')[1]);
        expect(answer.status).toBe(200);
      }
      expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
    });
  });

  describe('a cross-reference', () => {
    const pix = (source: string, ...targets: string[]) =>
      fhir.get(
        `Patient/$ihe-pix?${new URLSearchParams([['sourceIdentifier', source], ...targets.map((one): [string, string] => ['targetSystem', one])])}`,
      );
    const numbersIn = ({ body }: { body: { parameter?: { valueIdentifier?: { value: string } }[] } }) =>
      (body.parameter ?? []).flatMap(({ valueIdentifier }) => valueIdentifier?.value ?? []);

    it('gives the other identifiers of the same person', async () => {
      const personId = await index.personOf(wang);
      const answer = await pix(`${H001}|W-1`);
      expect(numbersIn(answer)).toEqual([personId, 'W_2']);
      expect(answer.body.parameter.at(-1)).toEqual({
        name: 'targetId',
        valueReference: { reference: `Patient/${personId}` },
      });
      expect(numbersIn(await pix(`${H001}|W-1`, H002))).toEqual(['W_2']);
      expect(numbersIn(await pix(`${RESIDENT_ID}|${residentId}`, H001, H002))).toEqual(['W_2', 'W-1']);
    });

    it('takes the identifier in a body too', async () => {
      const valueIdentifier = { system: H001, value: 'W-1' };
      const parameter = [
        { name: 'sourceIdentifier', valueIdentifier },
        { name: 'targetSystem', valueUri: H002 },
      ];
      expect(numbersIn(await fhir.post('Patient/$ihe-pix', { resourceType: 'Parameters', parameter }))).toEqual([
        'W_2',
      ]);
    });

    it('to a system that has none is empty', async () => {
      expect(await pix(`${H002}|Z\\|3`, H001)).toMatchObject({ status: 200, body: { resourceType: 'Parameters' } });
      expect(numbersIn(await pix(`${H002}|Z\\|3`, H001))).toEqual([]);
    });

    // ITI-83, sections 2:3.83.4.2.2.2 to 2:3.83.4.2.2.4
    it.each([
      [`${H001}|nobody`, [], 404, 'not-found', 'sourceIdentifier Patient Identifier not found'],
      ['urn:oid:1.2.3|W-1', [], 400, 'code-invalid', 'sourceIdentifier Assigning Authority not found'],
      ['urn:yinglian:hospital:H009|W-1', [], 400, 'code-invalid', 'sourceIdentifier Assigning Authority not found'],
      [`${H001}|W-1`, ['urn:oid:1.2.3'], 403, 'code-invalid', 'targetSystem not found'],
      [`${H001}|W-1`, [H002, 'urn:oid:1.2.3'], 403, 'code-invalid', 'targetSystem not found'],
      ['W-1', [], 400, 'value', 'sourceIdentifier needs one system and one value: system|value'],
    ])('of %s to %s is refused', async (source, targets, status, issue, diagnostics) => {
      expect(await pix(source, ...targets)).toMatchObject({
        status,
        body: { issue: [{ severity: 'error', code: issue, diagnostics }] },
      });
    });
  });

  describe('access', () => {
    it('is decided and recorded, without values', async () => {
      const personId = await index.personOf(ouyang);
      await fhir.search({ family: '欧阳', gender: 'female' });
      await fhir.get(`Patient/${personId}`);
      const refused = await fhir.search({ family: '欧阳' }, { 'x-purpose-of-use': 'HRESCH' });
      expect([refused.status, code(refused)]).toEqual([403, 'PURPOSE_NOT_ALLOWED']);
      const audit = await index.events('audit');
      expect(audit).toContainEqual(expect.objectContaining({ action: 'person.search', query: ['family', 'gender'] }));
      expect(audit).toContainEqual(expect.objectContaining({ action: 'person.read', personId }));
      expect(audit).toContainEqual(expect.objectContaining({ query: ['sourceIdentifier', 'targetSystem'] }));
      expect(JSON.stringify(audit)).not.toMatch(/欧阳|O-5|W-1|339901/);
    });

    it('is open to programs of hospitals with the scope, in their own name', async () => {
      const path = `Patient/$ihe-pix?${new URLSearchParams({ sourceIdentifier: `${H001}|W-1` })}`;
      const readers = { hospital: 'H003', scopes: ['persons:read'] as const };
      expect((await fhir.asProgram('GET', path, undefined, readers)).status).toBe(200);
      const actor = { subject: 'client:his-H003', displayName: 'his-H003', roles: [], hospital: 'H003' };
      expect(await index.events('audit')).toContainEqual(expect.objectContaining({ action: 'person.search', actor }));
      const ofNobody = await fhir.asProgram('GET', path, undefined, { ...readers, hospital: null });
      expect(code(ofNobody)).toBe('ACCESS_DENIED');
      const feeder = await fhir.asProgram('GET', path, undefined, { scopes: ['patients:write'] });
      expect(code(feeder)).toBe('ROLE_NOT_ALLOWED');
    });

    it('is closed to others, who hear it in FHIR', async () => {
      expect(await fhir.ask('GET', 'Patient?name=x', undefined)).toMatchObject({
        status: 401,
        body: { resourceType: 'OperationOutcome', issue: [{ code: 'login' }] },
      });
      const xml = await fhir.get('Patient?name=x', { accept: 'application/fhir+xml' });
      expect([xml.status, code(xml)]).toEqual([406, 'NOT_ACCEPTABLE']);
      expect((await fhir.get('Patient?name=x&_format=xml')).status).toBe(406);
      const broken = await fhir.post('Patient/$ihe-pix', '{"resourceType":');
      expect(broken).toMatchObject({ status: 400, body: { resourceType: 'OperationOutcome' } });
    });
  });

  it('says what it can do', async () => {
    const { status, body } = await fhir.ask('GET', 'metadata', undefined);
    expect([status, body.fhirVersion, body.rest[0].resource[0].conditionalUpdate]).toEqual([200, '4.0.1', true]);
  });

  (machineHas('java') ? it : it.skip)(
    'gives no answer in which the FHIR validator finds an error',
    async () => {
      const validator = await FhirValidator.prepare();
      const planted = { resourceType: 'Patient', gender: 'woman' };
      const answers = [...new Map(fhir.answers.map((answer) => [JSON.stringify(answer.body), answer])).values()];
      const issues = await validator.validate([planted, ...answers.map(({ body }) => body)]);
      const errors = issues.map((of) => of.filter(({ severity }) => severity === 'error' || severity === 'fatal'));
      expect(errors[0]).not.toEqual([]);
      expect(answers.length).toBeGreaterThan(60);
      const wrong = errors.slice(1).flatMap((of, at) => of.map((issue) => ({ ...issue, asked: answers[at]?.asked })));
      expect(wrong).toEqual([]);
      // A narrative would repeat who the patient is where nobody asked for it.
      const said = issues.slice(1).flatMap((of) => of.map(({ says }) => says));
      expect(said.filter((says) => !says.startsWith('Constraint failed: dom-6:'))).toEqual([]);
    },
    240_000,
  );
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FhirValidator, machineHas } from '@yinglian/testing';
import { FhirClient } from '../testing/fhir-client.js';
import { observed, PatientIndexService, residentIdOf } from '../testing/patient-index-service.js';

const RESIDENT_ID = 'urn:oid:2.16.156.10011.1.3';

interface Entry {
  readonly resource: { readonly id: string; readonly name: readonly { readonly text: string }[] };
  readonly search: {
    readonly score: number;
    readonly extension: readonly [
      { readonly valueCode: string },
      {
        readonly extension: readonly {
          readonly url: string;
          readonly valueDecimal?: number;
          readonly extension?: never[];
        }[];
      },
    ];
  };
}

describe('a match', () => {
  let index: PatientIndexService;
  let fhir: FhirClient;
  const residentId = residentIdOf(1, '19920317');
  const wang = observed('H001', { id: 'W-1', pn: '王^小雨', sex: 'F', birthDate: '19920317', residentId });
  const zhang = observed('H002', { id: 'Z-2', pn: '张^伟', sex: 'M', birthDate: '19700101' });
  const zhangToo = observed('H003', { id: 'Z-3', pn: '张^伟', sex: 'M', birthDate: '19700102' });

  beforeAll(async () => {
    index = await PatientIndexService.start();
    fhir = new FhirClient(index);
    await index.observe(wang, zhang, zhangToo);
  });
  afterAll(() => index.stop());

  const parameters = (patient: object, more: object[] = []) => ({
    resourceType: 'Parameters',
    parameter: [{ name: 'resource', resource: { resourceType: 'Patient', ...patient } }, ...more],
  });
  const entriesOf = async (patient: object, more: object[] = []): Promise<Entry[]> => {
    const { status, body } = await fhir.post('Patient/$match', parameters(patient, more));
    expect(status).toBe(200);
    return body.entry ?? [];
  };
  const gradesOf = async (patient: object, more: object[] = []) =>
    (await entriesOf(patient, more)).map(({ resource, search }) => [
      resource.name[0]?.text,
      search.extension[0].valueCode,
    ]);
  const withId = (value: string, patient: object) => ({ identifier: [{ system: RESIDENT_ID, value }], ...patient });
  const xiaoyu = { name: [{ family: '王', given: ['小雨'] }] };
  const wei = { name: [{ text: '张伟' }], gender: 'male', birthDate: '1970-01-01' };

  it.each<[string, object, string[][]]>([
    ['a strong id and the name agree', withId(residentId, xiaoyu), [['王小雨', 'certain']]],
    ['a strong id and the birth date agree', withId(residentId, { birthDate: '1992-03-17' }), [['王小雨', 'certain']]],
  ])('is certain when %s', async (_, patient, grades) => expect(await gradesOf(patient)).toEqual(grades));

  it('is never certain without a strong id', async () => {
    const grades = await gradesOf({ ...xiaoyu, gender: 'female', birthDate: '1992-03-17' });
    expect(grades).toEqual([['王小雨', expect.stringMatching(/^(probable|possible)$/)]]);
    expect(await gradesOf(wei)).toContainEqual(['张伟', expect.stringMatching(/^(probable|possible)$/)]);
  });

  it('is not certain when the strong id is of somebody of another name and birth date', async () => {
    const patient = withId(residentId, { name: [{ text: '赵强' }], birthDate: '1955-05-05', gender: 'male' });
    expect(await gradesOf(patient)).toEqual([['王小雨', 'possible']]);
  });

  it('is certainly none when the resident ids differ, however alike the rest', async () => {
    const patient = withId(residentIdOf(2, '19920317'), { ...xiaoyu, gender: 'female', birthDate: '1992-03-17' });
    const grades = await gradesOf(patient);
    expect(grades).toEqual([['王小雨', 'certainly-not']]);
  });

  it('is found by pinyin alone too, and explained in bits that sum up to its score', async () => {
    const [entry] = await entriesOf({ name: [{ family: 'WANG', given: ['XIAOYU'] }], birthDate: '1992-03-17' });
    const parts = entry?.search.extension[1].extension ?? [];
    const total = parts.find(({ url }) => url === 'bits')?.valueDecimal ?? 0;
    const prior = parts.find(({ url }) => url === 'prior')?.valueDecimal ?? 0;
    const fields = parts.flatMap(({ url, extension = [] }) =>
      url === 'field' ? [extension as { url: string; valueCode?: string; valueDecimal?: number }[]] : [],
    );
    const bits = fields.map((of) => of.find(({ url }) => url === 'bits')?.valueDecimal ?? 0);
    expect(fields.map((of) => of.find(({ url }) => url === 'name')?.valueCode)).toEqual(
      expect.arrayContaining(['spelledName', 'birthDate']),
    );
    expect(bits.reduce((sum, one) => sum + one, prior)).toBeCloseTo(total, 1);
    expect(1 / (1 + 2 ** -total)).toBeCloseTo(entry?.search.score ?? 0, 2);
  });

  it('comes with the likeliest first, as many as asked for, or only what is certain', async () => {
    const scores = (await entriesOf(wei)).map(({ search }) => search.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(await entriesOf(wei, [{ name: 'count', valueInteger: 1 }])).toHaveLength(1);
    expect(await entriesOf(wei, [{ name: 'onlyCertainMatches', valueBoolean: true }])).toEqual([]);
    expect(
      await gradesOf(withId(residentId, xiaoyu), [{ name: 'onlyCertainMatches', valueBoolean: true }]),
    ).toHaveLength(1);
  });

  it('takes a Patient alone, and finds nobody without error', async () => {
    const alone = await fhir.post('Patient/$match', { resourceType: 'Patient', ...withId(residentId, xiaoyu) });
    expect(alone.body.entry).toHaveLength(1);
    const nobody = await fhir.post(
      'Patient/$match',
      parameters({ name: [{ text: '无此人甲' }], birthDate: '1911-11-11' }),
    );
    expect(nobody).toMatchObject({ status: 200, body: { resourceType: 'Bundle', type: 'searchset', total: 0 } });
    expect((await fhir.post('Patient/$match', parameters({}))).body.total).toBe(0);
  });

  it('finds who lives at the same address and is called so, whatever the birth date', async () => {
    const mia = {
      resourceType: 'Patient',
      name: [{ family: 'Fletcher', given: ['Mia'] }],
      gender: 'female',
      address: [{ line: ['12 Emu Creek Road'], city: 'Perth', state: 'WA', postalCode: '6000' }],
    };
    const system = 'urn:yinglian:hospital:H001';
    await fhir.asProgram('PUT', `Patient?identifier=${system}|F-1`, {
      ...mia,
      identifier: [{ system, value: 'F-1' }],
      birthDate: '1992-03-18',
    });
    const [entry] = await entriesOf({ ...mia, birthDate: '1955-06-11' });
    expect(entry?.search.extension[0].valueCode).toBe('probable');
  });

  it('keeps nothing, and is recorded without values', async () => {
    const counted = async () => (await index.database.query('SELECT count(*) FROM patients'))[0];
    const before = await counted();
    await entriesOf(withId(residentIdOf(9, '19990909'), { name: [{ text: '新人' }] }));
    expect(await counted()).toEqual(before);
    const audit = await index.events('audit');
    expect(audit).toContainEqual(
      expect.objectContaining({ action: 'person.search', query: ['match', 'identifier', 'name'] }),
    );
    expect(JSON.stringify(audit)).not.toMatch(/新人|339901/);
  });

  it.each([
    ['no Patient', { resourceType: 'Parameters', parameter: [] }],
    ['another resource', { resourceType: 'Person' }],
    ['implicit rules', parameters({ implicitRules: 'urn:x' })],
    ['a count of none', parameters({}, [{ name: 'count', valueInteger: 0 }])],
  ])('is refused with %s', async (_, body) => {
    expect(await fhir.post('Patient/$match', body)).toMatchObject({
      status: 400,
      body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] },
    });
  });

  (machineHas('java') ? it : it.skip)('gives no answer in which the FHIR validator finds an error', async () => {
    const validator = await FhirValidator.prepare();
    const issues = await validator.validate(fhir.answers.map(({ body }) => body));
    expect(fhir.answers.length).toBeGreaterThan(15);
    expect(issues.flat().filter(({ severity }) => severity === 'error' || severity === 'fatal')).toEqual([]);
  });
});

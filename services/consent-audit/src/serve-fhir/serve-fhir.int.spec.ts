import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { capabilityStatement } from '@yinglian/fhir';
import { FhirValidator, machineHas } from '@yinglian/testing';
import { ConsentAuditService } from '../testing/consent-audit-service.js';
import { newPatient, person } from '../testing/emergency.js';
import { CRITERIA } from './read-consent-search.js';

type Asking = Parameters<ConsentAuditService['fhir']>[0];
const HIS: Asking = { hospital: 'H001', scopes: ['consents:write'] };
const IDENTITY = { url: 'urn:yinglian:fhir:identity', valueCode: 'resident-id' };

describe('FHIR Consent', () => {
  let service: ConsentAuditService;
  let patient: string;
  let study: string;
  const answers: { readonly asked: string; readonly body: unknown }[] = [];

  const ask = async (as: Asking, method: string, path: string, body?: unknown) => {
    const answer = await service.fhir(as, method, path, body);
    answers.push({ asked: `${method} ${path}`, body: answer.body });
    return answer;
  };
  const consent = (provision: object = { type: 'deny' }, more: object = {}) => ({
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: { reference: `Patient/${patient}` },
    policyRule: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTOUT' }] },
    provision,
    ...more,
  });
  const receiver = (value: string) => ({
    role: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' }] },
    reference: { identifier: { system: 'urn:yinglian:hospital', value } },
  });
  const create = (body: object, as: Asking = HIS) => ask(as, 'POST', 'Consent', body);
  const code = ({ status, body }: Awaited<ReturnType<typeof ask>>) => [status, body.issue?.[0].details.coding[0].code];
  const openings = async () => {
    await service.settled();
    return [await service.opening('H002', patient, study), await service.opening('H003', patient, study)];
  };
  const [OPEN, CLOSED] = ['ACCESS_REASON_NEEDED', 'PATIENT_OBJECTS'];

  beforeAll(async () => {
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    ({ personId: patient, study } = newPatient());
    await service.knows(patient, study);
    await service.settled();
  });

  it('is created, read and found, and closes until it becomes inactive', async () => {
    const made = await create(consent());
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toMatch(new RegExp(`/fhir/Consent/${made.body.id}$`));
    expect(await openings()).toEqual([CLOSED, CLOSED]);
    expect((await ask(HIS, 'GET', `Consent/${made.body.id}`)).body).toEqual(made.body);
    expect(made.body).toMatchObject({
      status: 'active',
      patient: { reference: `Patient/${patient}` },
      performer: [{ reference: `Patient/${patient}` }],
      organization: [{ identifier: { system: 'urn:yinglian:hospital', value: 'H001' } }],
      extension: [{ url: IDENTITY.url, valueCode: 'program' }],
      provision: { type: 'deny' },
    });
    const ended = await ask(HIS, 'PUT', `Consent/${made.body.id}`, { ...made.body, status: 'inactive' });
    expect([ended.status, ended.body.status, ended.body.meta.versionId]).toEqual([200, 'inactive', '2']);
    expect(await openings()).toEqual([OPEN, OPEN]);
    const again = await ask(HIS, 'PUT', `Consent/${made.body.id}`, { ...made.body, status: 'inactive' });
    expect(again.body).toEqual(ended.body);
    const search = async (query: string) => (await ask(HIS, 'GET', `Consent?patient=Patient/${patient}${query}`)).body;
    expect([await search(''), await search('&status=active'), await search('&status=inactive')]).toMatchObject([
      { resourceType: 'Bundle', type: 'searchset', total: 1, entry: [{ resource: ended.body }] },
      { total: 0 },
      { total: 1 },
    ]);
  });

  it('names the hospital and the study that it is about, and takes what it gave', async () => {
    await create(consent());
    const data = [{ meaning: 'instance', reference: { reference: `ImagingStudy/${study}` } }];
    const excepted = await create(consent({ type: 'permit', actor: [receiver('H003')], data }));
    expect([excepted.status, await openings()]).toEqual([201, [CLOSED, OPEN]]);
    const { provision } = (await ask(HIS, 'GET', `Consent/${excepted.body.id}`)).body;
    expect(provision).toMatchObject({
      type: 'permit',
      actor: [{ reference: { identifier: { value: 'H003' } } }],
      data: [{ meaning: 'instance', reference: { reference: `ImagingStudy/${study}` } }],
    });
    const { id: _, meta: __, ...sentBack } = excepted.body;
    const copy = await create(sentBack);
    expect([copy.status, copy.body.provision]).toEqual([201, provision]);
  });

  it('permits until a day that provision.period ends with, and denies without an end', async () => {
    const period = { end: '2099-03-31' };
    await create(consent());
    const made = await create(consent({ type: 'permit', actor: [receiver('H003')], period }));
    expect([made.status, made.body.status, made.body.provision.period]).toEqual([201, 'active', period]);
    expect(await openings()).toEqual([CLOSED, OPEN]);
    expect(code(await create(consent({ type: 'deny', period })))).toEqual([422, 'CLOSED_WITHOUT_END']);
    expect(code(await create(consent({ type: 'permit', period: { end: '2026-01-01' } })))).toEqual([
      422,
      'END_IS_PAST',
    ]);
  });

  it('says whose word it was, on what proof', async () => {
    const proxy = {
      performer: [{ type: 'RelatedPerson', identifier: { system: 'urn:yinglian:stated-by', value: 'proxy' } }],
      sourceReference: { identifier: { system: 'urn:yinglian:proof:power-of-attorney', value: '委托书 12' } },
      extension: [IDENTITY],
    };
    const { body } = await create(consent({ type: 'deny' }, proxy), person('steward', 'H002'));
    expect(body).toMatchObject(proxy);
    const clerkSawNothing = await create(consent(), person('steward', 'H002'));
    expect(code(clerkSawNothing)).toEqual([422, 'IDENTITY_NEEDED']);
  });

  it('is refused when it is not understood whole, and by who may not', async () => {
    const guardian = { performer: [{ identifier: { system: 'urn:yinglian:stated-by', value: 'guardian' } }] };
    const refused = [
      await create(consent({ type: 'deny' }, { scope: { coding: [{ code: 'research' }] } })),
      await create(consent({ type: 'deny' }, { patient: { reference: 'Patient/1' } })),
      await create(consent({ type: 'deny', actor: [{ ...receiver('H003'), reference: { display: 'a hospital' } }] })),
      await create(consent({ type: 'deny' }, guardian)),
      await create(consent({ type: 'deny' }, { status: 'inactive' })),
      await create(consent({ type: 'permit', period: { start: '2026-01-01', end: '2099-01-01' } })),
      await create(consent({ type: 'deny' }, { modifierExtension: [{ url: 'urn:x', valueBoolean: true }] })),
      await ask(HIS, 'POST', 'Consent', '{"resourceType":'),
      await create(consent(), { hospital: 'H001', scopes: ['persons:read'] }),
      await create(consent(), { hospital: null, scopes: ['consents:write'] }),
      await create(consent(), person('clinician', 'H001')),
      await create(consent(), person('patient', null)),
    ];
    expect(refused.map(code)).toEqual([
      [422, 'CONSENT_NOT_UNDERSTOOD'],
      [422, 'CONSENT_NOT_UNDERSTOOD'],
      [422, 'CONSENT_NOT_UNDERSTOOD'],
      [422, 'CONSENT_NOT_UNDERSTOOD'],
      [422, 'CONSENT_NOT_UNDERSTOOD'],
      [400, 'INVALID_REQUEST'],
      [400, 'INVALID_REQUEST'],
      [400, expect.any(String)],
      [403, expect.any(String)],
      [403, 'ACCESS_DENIED'],
      [403, 'ROLE_NOT_ALLOWED'],
      [403, 'ACCESS_DENIED'],
    ]);
    expect(await openings()).toEqual([OPEN, OPEN]);
  });

  it('becomes inactive, and nothing else of it changes', async () => {
    const { body } = await create(consent());
    const other = newPatient().personId;
    const refused = [
      await ask(HIS, 'PUT', `Consent/${body.id}`, body),
      await ask(HIS, 'PUT', `Consent/${body.id}`, { ...body, status: 'inactive', provision: { type: 'permit' } }),
      await ask(HIS, 'PUT', `Consent/${body.id}`, {
        ...body,
        status: 'inactive',
        patient: { reference: `Patient/${other}` },
      }),
      await ask(HIS, 'PUT', 'Consent/0192f0c1-5f4e-7c3a-9b1d-000000000099', { ...body, status: 'inactive' }),
      await ask(HIS, 'GET', 'Consent/x'),
      await ask(HIS, 'GET', 'Consent'),
      await ask(HIS, 'GET', `Consent?patient=${patient}&period=2026`),
      await ask(HIS, 'GET', `Consent?patient=${patient}&status=draft`),
    ];
    expect(refused.map(code)).toEqual([
      [422, 'CONSENT_ONLY_ENDS'],
      [422, 'CONSENT_ONLY_ENDS'],
      [422, 'CONSENT_ONLY_ENDS'],
      [404, 'CONSENT_NOT_FOUND'],
      [404, 'CONSENT_NOT_FOUND'],
      [400, 'PARAMETER_INVALID'],
      [400, 'PARAMETER_NOT_SUPPORTED'],
      [400, 'PARAMETER_INVALID'],
    ]);
    expect(await openings()).toEqual([CLOSED, CLOSED]);
  });

  it('stands in the CapabilityStatement with every criterion', () => {
    const [{ resource = [] } = {}] = capabilityStatement('http://x/fhir', '2026-11-30').rest ?? [];
    const stated = resource.find(({ type }) => type === 'Consent');
    expect(stated?.searchParam?.map(({ name }) => name).sort()).toEqual([...CRITERIA].sort());
    expect(stated?.interaction?.map((one) => one.code)).toEqual(['read', 'search-type', 'create', 'update']);
  });

  (machineHas('java') ? it : it.skip)(
    'gives no answer in which the FHIR validator finds an error',
    async () => {
      const validator = await FhirValidator.prepare();
      const planted = consent({ type: 'perhaps' });
      const issues = await validator.validate([planted, ...answers.map(({ body }) => body)]);
      const errors = issues.map((of) => of.filter(({ severity }) => severity === 'error' || severity === 'fatal'));
      expect(errors[0]).not.toEqual([]);
      expect(answers.length).toBeGreaterThan(20);
      expect(errors.slice(1).flatMap((of, at) => of.map((issue) => ({ ...issue, asked: answers[at]?.asked })))).toEqual(
        [],
      );
    },
    240_000,
  );
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, FhirValidator, fileOf, machineHas } from '@yinglian/testing';
import { FhirReader } from '../testing/fhir-reader.js';
import {
  type Answer,
  ConsentWithdrawnV1,
  PersonsMergedV1,
  RegistryService,
  StudyArrivingV1,
} from '../testing/registry-service.js';
import { testStudy } from '../testing/test-study.js';

const CT_CLASS = 'urn:oid:1.2.840.10008.5.1.4.1.1.2';
const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';
const AT_WADO = [{ reference: 'Endpoint/dicom-wado-rs' }];
const personId = (end: string) => `P01KC${end.padStart(22, '0')}`;
const [WANG, WANG_BEFORE, LI] = [personId('WAN'), personId('WAB'), personId('XJA')];

describe('imaging studies in FHIR', () => {
  let registry: RegistryService;
  let fhir: FhirReader;
  const chest = ctSeries(3, 'W-1');
  const head = testStudy(
    {
      patientId: 'W_2',
      studyDate: '20260301',
      studyTime: '0930',
      accessionNumber: 'A7',
      modality: 'MR',
      description: '头颅平扫',
    },
    2,
  );
  const sameNumber = testStudy({ patientId: 'L-3', studyDate: '20250101', accessionNumber: 'A7', modality: 'CT' });
  const ofNobody = testStudy({ patientId: 'N-4', studyDate: '20260401', studyTime: '230000.5' });
  const closed = testStudy({ patientId: 'L-3', studyDate: '20260201', accessionNumber: 'A9' });
  const arrivingUid = '1.2.826.0.1.3680043.10.1561.9.1';

  beforeAll(async () => {
    registry = await RegistryService.start();
    fhir = new FhirReader(registry);
    await registry.store('H001', chest.slices.map(fileOf));
    for (const file of head.files) await registry.store('H002', [file]);
    await registry.store('H003', sameNumber.files);
    await registry.store('H003', closed.files);
    await registry.store('H001', ofNobody.files);
    await registry.publish(StudyArrivingV1, {
      hospital: 'H002',
      studyInstanceUid: arrivingUid,
      patient: { hospital: 'H002', issuer: '', id: 'W_2' },
      studyDate: '20260302',
      studyTime: '',
      accessionNumber: '',
      modality: 'DX',
      bodyPart: 'HAND',
      description: '',
      arrivedAt: '2026-11-24T08:00:00.000Z',
    });
    await registry.link('H001', 'W-1', WANG);
    await registry.link('H002', 'W_2', WANG);
    await registry.link('H003', 'L-3', LI);
    await registry.publish(PersonsMergedV1, {
      personId: WANG_BEFORE,
      survivorPersonId: WANG,
      version: 1,
      mergedAt: '2026-11-24T08:00:00.000Z',
    });
    await registry.publish(ConsentWithdrawnV1, {
      consentId: '3f2b8f9e-6a0c-4c55-9d43-0d8a1f5a7b11',
      personId: LI,
      scope: { kind: 'study', studyInstanceUid: closed.studyUid },
      withdrawnAt: '2026-11-24T08:00:00.000Z',
    });
  });
  afterAll(() => registry.stop());

  const code = ({ json }: Answer) => json.issue?.[0]?.details.coding[0]?.code;
  const matches = ({ json }: Answer): string[] =>
    (json.entry ?? [])
      .filter(({ search }: { search: { mode: string } }) => search.mode === 'match')
      .map(({ resource }: { resource: { id: string } }) => resource.id);
  const uids = () => ({
    chest: chest.studyInstanceUid,
    head: head.studyUid,
    same: sameNumber.studyUid,
    nobody: ofNobody.studyUid,
    arriving: arrivingUid,
  });
  type Name = keyof ReturnType<typeof uids>;
  const nameOf = (uid: string) => Object.entries(uids()).find(([, one]) => one === uid)?.[0] ?? uid;

  it('are read whole, with every series and instance, in the time of the hospital', async () => {
    const answer = await fhir.get(`ImagingStudy/${chest.studyInstanceUid}`);
    expect(answer.json).toEqual({
      resourceType: 'ImagingStudy',
      id: chest.studyInstanceUid,
      meta: { versionId: expect.stringMatching(/^[0-9a-f]{16}$/), lastUpdated: expect.any(String) },
      identifier: [
        { system: 'urn:dicom:uid', value: `urn:oid:${chest.studyInstanceUid}` },
        {
          type: {
            coding: [
              { system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'ACSN', display: 'Accession ID' },
            ],
          },
          system: 'urn:yinglian:accession:H001',
          value: 'AW-1',
          assigner: { display: 'H001' },
        },
      ],
      status: 'available',
      modality: [{ system: DICOM, code: 'CT' }],
      subject: {
        reference: `Patient/${WANG}`,
        type: 'Patient',
        identifier: { system: 'urn:yinglian:hospital:H001', value: 'W-1', assigner: { display: 'H001' } },
      },
      started: '2026-01-05T08:15:00+08:00',
      endpoint: AT_WADO,
      numberOfSeries: 1,
      numberOfInstances: 3,
      description: '胸部平扫',
      series: [
        {
          uid: chest.seriesInstanceUid,
          number: 1,
          modality: { system: DICOM, code: 'CT' },
          numberOfInstances: 3,
          endpoint: AT_WADO,
          bodySite: { system: 'http://snomed.info/sct', code: '816094009', display: 'Thorax' },
          instance: chest.slices.map(({ sopInstanceUid }, at) => ({
            uid: sopInstanceUid,
            sopClass: { system: 'urn:ietf:rfc:3986', code: CT_CLASS },
            number: at + 1,
          })),
        },
      ],
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const etag = answer.headers.get('etag') ?? '';
    expect(etag).toBe(`W/"${answer.json.meta.versionId}"`);
    const same = await fhir.get(`ImagingStudy/${chest.studyInstanceUid}`, {}, { 'if-none-match': etag });
    expect([same.status, same.body.length]).toEqual([304, 0]);
  });

  it('of whom nobody knows who it is, and of which nothing is here yet, say so', async () => {
    const { json: nobodys } = await fhir.get(`ImagingStudy/${ofNobody.studyUid}`);
    expect([nobodys.subject.reference, nobodys.subject.identifier.value, nobodys.started]).toEqual([
      undefined,
      'N-4',
      '2026-04-01T23:00:00.5+08:00',
    ]);
    const { json: arriving } = await fhir.get(`ImagingStudy/${arrivingUid}`);
    expect([arriving.status, arriving.started, arriving.numberOfInstances, arriving.series]).toEqual([
      'registered',
      '2026-03-02',
      0,
      undefined,
    ]);
  });

  it('are not there where there are none', async () => {
    for (const id of ['1.2.3', 'x', '%00', "'"]) {
      expect(await fhir.get(`ImagingStudy/${id}`)).toMatchObject({
        status: 404,
        json: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found' }] },
      });
    }
  });

  describe('a search', () => {
    const W1 = 'urn:yinglian:hospital:H001|W-1';
    it.each<[string, () => Record<string, string>, Name[]]>([
      ['a person', () => ({ patient: `Patient/${WANG}` }), ['arriving', 'head', 'chest']],
      ['a person’s id alone', () => ({ patient: WANG }), ['arriving', 'head', 'chest']],
      [
        'a person at this server',
        () => ({ subject: `${registry.address}/fhir/Patient/${WANG}` }),
        ['arriving', 'head', 'chest'],
      ],
      ['a person at another server', () => ({ patient: `http://other/fhir/Patient/${WANG}` }), []],
      ['an id that another stands for', () => ({ patient: WANG_BEFORE }), ['arriving', 'head', 'chest']],
      ['two persons', () => ({ patient: `${WANG},${LI}` }), ['arriving', 'head', 'chest', 'same']],
      ['two persons at once', () => ({ patient: WANG, subject: LI }), []],
      ['what is no person', () => ({ patient: 'Patient/1' }), []],
      ['a hospital’s number of a person', () => ({ 'patient.identifier': W1 }), ['arriving', 'head', 'chest']],
      ['the same, typed', () => ({ 'subject:Patient.identifier': W1 }), ['arriving', 'head', 'chest']],
      ['the number in the study', () => ({ 'patient:identifier': W1 }), ['chest']],
      [
        'a number that nobody is linked by',
        () => ({ 'patient.identifier': 'urn:yinglian:hospital:H001|N-4' }),
        ['nobody'],
      ],
      ['a number of another hospital', () => ({ 'patient.identifier': 'urn:yinglian:hospital:H002|W-1' }), []],
      ['a study UID', () => ({ identifier: `urn:dicom:uid|urn:oid:${head.studyUid}` }), ['head']],
      ['a study UID without urn', () => ({ identifier: `urn:dicom:uid|${head.studyUid}` }), ['head']],
      ['a study UID without system', () => ({ identifier: `urn:oid:${head.studyUid}` }), ['head']],
      ['an id', () => ({ _id: `${head.studyUid},1.2.3` }), ['head']],
      ['an accession number', () => ({ identifier: 'A7' }), ['head', 'same']],
      ['an accession number of a hospital', () => ({ identifier: 'urn:yinglian:accession:H003|A7' }), ['same']],
      ['an accession number in no system', () => ({ identifier: '|A7' }), []],
      ['an identifier of another system', () => ({ identifier: 'urn:x|A7' }), []],
      [
        'a UID or an accession number',
        () => ({ identifier: `urn:oid:${chest.studyInstanceUid},A7` }),
        ['head', 'chest', 'same'],
      ],
      ['person and day', () => ({ patient: WANG, started: '2026-01-05' }), ['chest']],
      ['person and time', () => ({ patient: WANG, started: 'ge2026-03-01T01:30:00Z' }), ['arriving', 'head']],
      ['person and a later time', () => ({ patient: WANG, started: 'gt2026-03-01T09:30:00' }), ['arriving']],
      ['person and a span', () => ({ patient: WANG, started: 'lt2026-03' }), ['chest']],
      ['person and modality', () => ({ patient: WANG, modality: `${DICOM}|MR,DX` }), ['arriving', 'head']],
      ['person and a modality of another system', () => ({ patient: WANG, modality: 'urn:x|MR' }), []],
      ['person and body site', () => ({ patient: WANG, bodysite: 'http://snomed.info/sct|816094009' }), ['chest']],
      ['person and body part', () => ({ patient: WANG, bodysite: 'hand' }), ['arriving']],
      ['person and status', () => ({ patient: WANG, status: 'registered' }), ['arriving']],
      ['person and another status', () => ({ patient: WANG, status: 'cancelled' }), []],
      [
        'person and endpoint',
        () => ({ patient: WANG, endpoint: 'Endpoint/dicom-wado-rs' }),
        ['arriving', 'head', 'chest'],
      ],
      ['person and another endpoint', () => ({ patient: WANG, endpoint: 'Endpoint/x' }), []],
      ['a series', () => ({ series: `urn:oid:${chest.seriesInstanceUid}` }), ['chest']],
      ['a series and another person', () => ({ series: chest.seriesInstanceUid, patient: LI }), []],
      ['a series that is none', () => ({ series: 'x,1.2.3' }), []],
      ['person and series', () => ({ patient: WANG, series: chest.seriesInstanceUid }), ['chest']],
      [
        'person and instance',
        () => ({ patient: WANG, instance: `urn:oid:${chest.slices[1]?.sopInstanceUid}` }),
        ['chest'],
      ],
      ['person and another’s instance', () => ({ patient: LI, instance: `${chest.slices[1]?.sopInstanceUid}` }), []],
      ['person and SOP class', () => ({ patient: WANG, 'dicom-class': CT_CLASS }), ['head', 'chest']],
      [
        'person and when it changed',
        () => ({ patient: WANG, _lastUpdated: 'ge2026-01-01' }),
        ['arriving', 'head', 'chest'],
      ],
      ['person and not changed since', () => ({ patient: WANG, _lastUpdated: 'lt2026-01-01' }), []],
      ['person, oldest first', () => ({ patient: WANG, _sort: 'started' }), ['chest', 'head', 'arriving']],
      ['person, by change', () => ({ patient: WANG, _sort: '_lastUpdated' }), ['chest', 'head', 'arriving']],
    ])('by %s finds', async (_, parametersOf, names) => {
      const parameters = parametersOf();
      const answer = await fhir.search(parameters);
      expect([answer.status, matches(answer).map(nameOf), answer.json.total]).toEqual([200, names, names.length]);
      expect(matches(await fhir.get(`ImagingStudy?${new URLSearchParams(parameters)}`)).map(nameOf)).toEqual(names);
    });

    it('that names nobody finds those whom one’s hospital treats', async () => {
      const found = async (parameters: Record<string, string>, hospital: string) =>
        matches(await fhir.search(parameters, { hospital })).map(nameOf);
      expect(await found({}, 'H001')).toEqual(['nobody', 'arriving', 'head', 'chest']);
      expect(await found({ modality: 'CT' }, 'H001')).toEqual(['nobody', 'chest']);
      expect(await found({ started: '2026-03', modality: 'MR' }, 'H002')).toEqual(['head']);
      expect(await found({ started: 'ge2026-03-01T09:31' }, 'H001')).toEqual(['nobody', 'arriving']);
      expect(await found({ bodysite: 'CHEST' }, 'H002')).toEqual(['chest']);
      expect(await found({ modality: 'CT' }, 'H004')).toEqual([]);
    });

    it('finds what the patient closed in the hospital that made it only, and does not count it elsewhere', async () => {
      const seen = async (hospital: string) => {
        const { json } = await fhir.search({ patient: LI, _summary: 'count' }, { hospital });
        const read = await fhir.get(`ImagingStudy/${closed.studyUid}`, { hospital });
        return [json.total, json.entry, read.status];
      };
      expect(await seen('H003')).toEqual([2, undefined, 200]);
      expect(await seen('H001')).toEqual([1, undefined, 404]);
    });

    it('tells instances as a read does, or says that it does not', async () => {
      const { json } = await fhir.search({ _id: chest.studyInstanceUid });
      expect(json.entry[0].resource).toEqual((await fhir.get(`ImagingStudy/${chest.studyInstanceUid}`)).json);
      const { json: short } = await fhir.search({ _id: chest.studyInstanceUid, _summary: 'true' });
      const [{ resource }] = short.entry;
      expect([resource.meta.tag[0].code, resource.series[0].numberOfInstances, resource.series[0].instance]).toEqual([
        'SUBSETTED',
        3,
        undefined,
      ]);
    });

    it('comes in pages without doubles or gaps, whose addresses say nothing', async () => {
      for (const parameters of [{ patient: WANG }, { started: 'ge2026' }]) {
        const seen: string[] = [];
        let answer = await fhir.search({ ...parameters, _count: '1' });
        for (;;) {
          expect(matches(answer)).toHaveLength(1);
          seen.push(...matches(answer).map(nameOf));
          const next = answer.json.link.find(({ relation }: { relation: string }) => relation === 'next');
          if (next === undefined) break;
          expect(decodeURIComponent(next.url)).not.toMatch(/patient|started|P01KC/);
          answer = await fhir.get(next.url.split('/fhir/')[1]);
        }
        expect(seen).toEqual(['patient' in parameters ? [] : ['nobody'], ['arriving', 'head', 'chest']].flat());
      }
    });

    it('includes the endpoint when that is asked for', async () => {
      const { json } = await fhir.search({ _id: head.studyUid, _include: 'ImagingStudy:endpoint' });
      expect(json.entry[1]).toEqual({
        fullUrl: `${registry.address}/fhir/Endpoint/dicom-wado-rs`,
        resource: (await fhir.get('Endpoint/dicom-wado-rs')).json,
        search: { mode: 'include' },
      });
    });

    it('leaves out what it does not know and says so, or refuses it where strictness is preferred', async () => {
      const parameters = { patient: WANG, reason: 'x', _include: 'ImagingStudy:patient', _sort: 'modality' };
      const { json } = await fhir.search(parameters);
      expect(json.link).toEqual([{ relation: 'self', url: `${registry.address}/fhir/ImagingStudy?patient=${WANG}` }]);
      expect(json.entry.at(-1).resource.issue.map(({ diagnostics }: { diagnostics: string }) => diagnostics)).toEqual(
        ['reason', '_include', '_sort'].map((name) => `The parameter ${name} was left out`),
      );
      for (const name of ['reason', '_include', '_sort'] as const) {
        const strict = await fhir.search(
          { patient: WANG, [name]: parameters[name] },
          {},
          { prefer: 'handling=strict' },
        );
        expect([strict.status, code(strict)]).toEqual([400, 'PARAMETER_NOT_SUPPORTED']);
      }
    });

    it.each<[string, Record<string, string>, string]>([
      ['an instance of anybody', { instance: '1.2.3' }, 'IMAGING_SEARCH_TOO_WIDE'],
      ['when anything changed', { _lastUpdated: 'ge2026' }, 'IMAGING_SEARCH_TOO_WIDE'],
      ['another order of everything', { _sort: 'started' }, 'IMAGING_SEARCH_TOO_WIDE'],
      ['no date', { started: '2026-13' }, 'PARAMETER_INVALID'],
      ['no status', { status: 'gone' }, 'PARAMETER_INVALID'],
      ['no count', { _count: '-1' }, 'PARAMETER_INVALID'],
      ['a modifier', { 'modality:not': 'CT' }, 'PARAMETER_NOT_SUPPORTED'],
      ['a modifier of nothing', { 'reason:text': 'x' }, 'PARAMETER_NOT_SUPPORTED'],
      ['a chain', { 'patient.name': 'x' }, 'PARAMETER_NOT_SUPPORTED'],
      [
        'a resident id',
        { 'patient.identifier': 'urn:oid:2.16.156.10011.1.3|11010519491231002X' },
        'PARAMETER_NOT_SUPPORTED',
      ],
      ['a page that was made up', { _page: Buffer.alloc(64).toString('base64url') }, 'PARAMETER_INVALID'],
    ])('by %s is refused', async (_, parameters, expected) => {
      const answer = await fhir.search(parameters);
      expect([answer.status, code(answer)]).toEqual([400, expected]);
    });
  });

  it('are recorded before they are told, by names of criteria and never by values', async () => {
    await fhir.search({ identifier: 'A7', modality: 'MR', nonsense: '1' }, { subject: 'dr.recorded' });
    await fhir.get(`ImagingStudy/${head.studyUid}`, { subject: 'dr.recorded' });
    const own = (await registry.events('audit'))
      .map(({ data }) => data)
      .filter(({ actor }) => (actor as { subject: string }).subject === 'dr.recorded');
    expect(own.map(({ action, query, studyInstanceUid }) => [action, query, studyInstanceUid])).toEqual([
      ['study.search', ['identifier', 'modality'], null],
      ['study.search', ['_id'], head.studyUid],
    ]);
  });

  it('are for people whom the policies let find, and for nobody else', async () => {
    for (const roles of [['administrator'], ['auditor'], ['steward'], ['patient']] as const) {
      const answer = await fhir.search({ patient: WANG }, { roles: [...roles] });
      expect([answer.status, code(answer)]).toEqual([403, 'ACCESS_DENIED']);
    }
    const research = await fhir.get(`ImagingStudy/${head.studyUid}`, {}, { 'x-purpose-of-use': 'HRESCH' });
    expect([research.status, code(research)]).toEqual([403, 'PURPOSE_NOT_ALLOWED']);
    const token = await registry.issuer.serviceToken({ clientId: 'his', scopes: ['persons:read'], hospital: 'H001' });
    const program = await registry.ask('GET', `/fhir/ImagingStudy?patient=${WANG}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([program.status, code(program)]).toEqual([403, 'ROLE_NOT_ALLOWED']);
    expect((await registry.ask('GET', '/fhir/ImagingStudy', { headers: {} })).status).toBe(401);
  });

  it('are at an endpoint of DICOMweb', async () => {
    const { json: all } = await fhir.get('Endpoint');
    expect(all.entry.map(({ resource }: { resource: { address: string } }) => resource.address)).toEqual([
      `${registry.address}/dicom-web`,
      `${registry.address}/dicom-web`,
    ]);
    const { json: one } = await fhir.get('Endpoint?connection-type=dicom-qido-rs&status=active&name=x');
    expect([one.total, one.entry[0].resource.id, one.entry[1].search.mode]).toEqual([1, 'dicom-qido-rs', 'outcome']);
    expect((await fhir.get('Endpoint/x')).status).toBe(404);
    expect((await fhir.get('Endpoint?name=x', {}, { prefer: 'handling=strict' })).status).toBe(400);
  });

  (machineHas('java') ? it : it.skip)(
    'are told in no answer in which the FHIR validator finds an error',
    async () => {
      for (const uid of [chest.studyInstanceUid, ofNobody.studyUid]) {
        expect((await fhir.manifest(uid)).status).toBe(200);
      }
      const validator = await FhirValidator.prepare();
      const planted = { resourceType: 'ImagingStudy', status: 'here' };
      const answers = [...new Map(fhir.answers.map((answer) => [JSON.stringify(answer.body), answer])).values()];
      const issues = await validator.validate([planted, ...answers.map(({ body }) => body)]);
      const errors = issues.map((of) => of.filter(({ severity }) => severity === 'error' || severity === 'fatal'));
      expect(errors[0]).not.toEqual([]);
      expect(answers.length).toBeGreaterThan(60);
      const wrong = errors.slice(1).flatMap((of, at) => of.map((issue) => ({ ...issue, asked: answers[at]?.asked })));
      expect(wrong).toEqual([]);
      // A narrative would repeat what was examined; DICOM's own value sets are not in the validator.
      const expected = /^Constraint failed: dom-6:|^ValueSet 'http:\/\/dicom\.nema\.org\/.*' not found$/;
      const said = issues
        .slice(1)
        // What MADO adds to R4 the validator does not know.
        .flatMap((of, at) => (answers[at]?.asked.endsWith('/manifest') ? [] : of.map(({ says }) => says)));
      expect([...new Set(said.filter((says) => !expected.test(says)))]).toEqual([]);
    },
    240_000,
  );
});

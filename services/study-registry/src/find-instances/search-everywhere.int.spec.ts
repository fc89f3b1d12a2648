import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DicomJson } from '@yinglian/dicom';
import { element, part10 } from '@yinglian/testing';
import { RegistryService } from '../testing/registry-service.js';

const CT = '1.2.840.10008.5.1.4.1.1.2';
const UID = `1.2.826.0.1.3680043.10.1561.9.${Date.now()}`;
const [ANNA, BEN, ANNA_THERE] = [`${UID}.1`, `${UID}.2`, `${UID}.3`];
const PERSON = 'P01KB0000000000000000000007';

const sequence = (tag: number, ...items: Buffer[]) => {
  const item = (content: Buffer) => {
    const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
    head.writeUInt32LE(content.length, 4);
    return Buffer.concat([head, content]);
  };
  return element(tag, 'SQ', Buffer.concat(items.map(item)));
};

/** An image of a series, as a scanner in a zone writes it. */
function image(study: string, series: number, instance: number, patient: readonly [id: string, name: string]): Buffer {
  const uid = `${study}.${series}.${instance}`;
  const dataSet = Buffer.concat([
    element(0x00080005, 'CS', 'ISO_IR 192'),
    element(0x00080016, 'UI', CT),
    element(0x00080018, 'UI', uid),
    element(0x00080020, 'DA', study === BEN ? '20260102' : '20260101'),
    element(0x00080030, 'TM', '12'),
    element(0x00080060, 'CS', series === 2 ? 'SR' : 'CT'),
    element(0x00080070, 'LO', 'ACME'),
    element(0x00080201, 'SH', '+0800'),
    element(0x0008103e, 'LO', `Series ${series}, AP`),
    element(0x00100010, 'PN', patient[1]),
    element(0x00100020, 'LO', patient[0]),
    element(0x00101010, 'AS', '045Y'),
    element(0x0020000d, 'UI', study),
    element(0x0020000e, 'UI', `${study}.${series}`),
    element(0x00200011, 'IS', String(series)),
    element(0x00200013, 'IS', String(instance)),
    element(0x00400244, 'DA', '20260103'),
    element(0x00400245, 'TM', '0930'),
    sequence(
      0x00400275,
      Buffer.concat([
        element(0x00321060, 'LO', 'chest'),
        element(0x00400009, 'SH', `SPS${series}`),
        element(0x00401001, 'SH', 'RP1'),
      ]),
      Buffer.concat([element(0x00400009, 'SH', 'SPS9'), element(0x00401001, 'SH', 'RP9')]),
    ),
  ]);
  return part10(CT, uid, dataSet);
}

describe('QIDO-RS of series and instances', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
    for (const series of [1, 2, 3]) {
      await registry.store(
        'H001',
        [1, 2].map((n) => image(ANNA, series, n, ['A1', 'Smith^Anna'])),
      );
    }
    await registry.store('H001', [image(BEN, 1, 1, ['B1', 'Jones^Ben'])]);
    await registry.store('H002', [image(ANNA_THERE, 1, 1, ['A2', 'Smith^Anna'])]);
    await registry.link('H001', 'A1', PERSON);
    await registry.link('H002', 'A2', PERSON);
  });
  afterAll(() => registry.stop());

  const values = async (path: string, tag: string, person = {}) =>
    (await registry.find(path, person)).map((json) => json[tag]?.Value?.[0]);
  const series = (path: string, person = {}) => values(path, '0020000E', person);
  const instances = (path: string, person = {}) => values(path, '00080018', person);
  const inStudy = (study: string, ...numbers: number[]) => numbers.map((number) => `${study}.${number}`);

  it.each([
    ['/series', [...inStudy(BEN, 1), ...inStudy(ANNA, 1, 2, 3), ...inStudy(ANNA_THERE, 1)]],
    ['/series?PatientName=smith*', [...inStudy(ANNA, 1, 2, 3), ...inStudy(ANNA_THERE, 1)]],
    ['/series?PatientName=anna&fuzzymatching=true&Modality=SR', inStudy(ANNA, 2)],
    ['/series?Modality=SR,MR', inStudy(ANNA, 2)],
    ['/series?Modality=?R', inStudy(ANNA, 2)],
    [`/series?SeriesInstanceUID=${ANNA}.3,${BEN}.1`, [...inStudy(BEN, 1), ...inStudy(ANNA, 3)]],
    ['/series?SeriesNumber=02', inStudy(ANNA, 2)],
    ['/series?SeriesDescription=AP', []],
    ['/series?SeriesDescription=Series 3, AP', inStudy(ANNA, 3)],
    [
      '/series?PerformedProcedureStepStartDate=20260103-&PerformedProcedureStepStartTime=0930&StudyDate=20260102',
      inStudy(BEN, 1),
    ],
    ['/series?RequestAttributesSequence.ScheduledProcedureStepID=SPS3', inStudy(ANNA, 3)],
    ['/series?00400275.00400009=SPS3&00400275.00401001=RP1', inStudy(ANNA, 3)],
    ['/series?00400275.00400009=SPS3&00400275.00401001=RP9', []],
    [`/series?OtherPatientIDsSequence.PatientID=A2`, inStudy(ANNA_THERE, 1)],
    ['/series?BodyPartExamined=""&emptyvaluematching=true&StudyDate=20260102', inStudy(BEN, 1)],
    ['/series?Modality=""&emptyvaluematching=true', []],
    [`/studies/${ANNA}/series?SeriesNumber=3`, inStudy(ANNA, 3)],
    [`/studies/${ANNA}/series?PatientName=jones*`, []],
    [`/studies/${ANNA}/series?PatientID=${PERSON}&StudyTime=1200`, inStudy(ANNA, 1, 2, 3)],
    [`/studies/${ANNA}/series?StudyInstanceUID=${BEN}`, []],
    [`/studies/${ANNA}/series?offset=1&limit=1`, inStudy(ANNA, 2)],
  ])('%s finds its series', async (path, found) => expect(await series(path)).toEqual(found));

  it.each([
    ['/instances?StudyDate=20260102', [`${BEN}.1.1`]],
    [`/instances?SeriesInstanceUID=${ANNA}.2`, [`${ANNA}.2.1`, `${ANNA}.2.2`]],
    ['/instances?InstanceNumber=2&Modality=CT', [`${ANNA}.1.2`, `${ANNA}.3.2`]],
    [`/instances?SOPInstanceUID=${ANNA}.3.1`, [`${ANNA}.3.1`]],
    ['/instances?limit=2&offset=4', [`${ANNA}.2.2`, `${ANNA}.3.1`]],
    [`/studies/${ANNA}/instances?SeriesNumber=2&InstanceNumber=1`, [`${ANNA}.2.1`]],
    [`/studies/${ANNA}/instances?limit=2&offset=3`, [`${ANNA}.2.2`, `${ANNA}.3.1`]],
    [`/studies/${ANNA}/series/${ANNA}.3/instances?SOPClassUID=${CT}`, [`${ANNA}.3.1`, `${ANNA}.3.2`]],
  ])('%s finds its instances', async (path, found) => expect(await instances(path)).toEqual(found));

  it('answers of the whole province what the levels above say, and of a study what is asked for', async () => {
    const [ofProvince] = await registry.find('/instances?StudyDate=20260102');
    expect(ofProvince).toMatchObject({
      '00080018': { Value: [`${BEN}.1.1`] },
      '00080020': { Value: ['20260102'] },
      '00080060': { Value: ['CT'] },
      '00080201': { vr: 'SH', Value: ['+0800'] },
      '00081190': { Value: [`${registry.address}/dicom-web/studies/${BEN}/series/${BEN}.1/instances/${BEN}.1.1`] },
      '00100010': { Value: [{ Alphabetic: 'Jones^Ben' }] },
      '00200011': { Value: [1] },
    });
    const [ofStudy] = await registry.find(`/studies/${ANNA}/series?SeriesNumber=1`);
    expect(ofStudy).toEqual({
      '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
      '00080021': { vr: 'DA' },
      '00080031': { vr: 'TM' },
      '00080060': { vr: 'CS', Value: ['CT'] },
      '00080201': { vr: 'SH', Value: ['+0800'] },
      '0008103E': { vr: 'LO', Value: ['Series 1, AP'] },
      '00081190': { vr: 'UR', Value: [`${registry.address}/dicom-web/studies/${ANNA}/series/${ANNA}.1`] },
      '00180015': { vr: 'CS' },
      '0020000D': { vr: 'UI', Value: [ANNA] },
      '0020000E': { vr: 'UI', Value: [`${ANNA}.1`] },
      '00200011': { vr: 'IS', Value: [1] },
      '00201209': { vr: 'IS', Value: [2] },
      '00400244': { vr: 'DA', Value: ['20260103'] },
      '00400245': { vr: 'TM', Value: ['0930'] },
      '00400275': {
        vr: 'SQ',
        Value: [
          { '00400009': { vr: 'SH', Value: ['SPS1'] }, '00401001': { vr: 'SH', Value: ['RP1'] } },
          { '00400009': { vr: 'SH', Value: ['SPS9'] }, '00401001': { vr: 'SH', Value: ['RP9'] } },
        ],
      },
    });
    const [named] = await registry.find(`/studies/${ANNA}/series?SeriesNumber=1&includefield=PatientID,StudyDate`);
    expect([named?.['00100020']?.Value, named?.['00080020']?.Value]).toEqual([[PERSON], ['20260101']]);
  });

  it('includes what only images say for who may open the study, and records that as opening it', async () => {
    const fields = 'includefield=Manufacturer,PatientAge&includefield=00400275.00321060,00100020';
    const asked = (path: string, person = {}) => registry.get(`/dicom-web${path}`, 'application/dicom+json', person);
    const pickedOf = (json: DicomJson[]) => json.map((one) => [one['00080070']?.Value, one['00101010']?.Value]);
    const before = (await registry.events('audit')).length;
    const own = await asked(`/studies/${ANNA}/instances?${fields}&limit=1`);
    expect(pickedOf(own.json)).toEqual([[['ACME'], ['045Y']]]);
    expect(own.json[0]['00400275']).toEqual({
      vr: 'SQ',
      Value: [{ '00321060': { vr: 'LO', Value: ['chest'] } }, {}],
    });
    expect(own.json[0]['00100020'].Value).toEqual([PERSON]);
    expect(own.headers.get('warning')).toMatch(/additional results/);
    const ofStudies = await asked(`/studies?StudyInstanceUID=${ANNA}&${fields}`);
    // What is of series is not told of studies.
    expect(pickedOf(ofStudies.json)).toEqual([[undefined, ['045Y']]]);
    const opened = (await registry.events('audit')).slice(before).map(({ data }) => [data.action, data.query]);
    expect(opened).toContainEqual(['study.retrieve', ['00080070', '00101010', '00400275.00321060', '00100020']]);
    const stranger = { hospital: 'H003', subject: 'dr.stranger' };
    for (const path of [`/studies/${ANNA}/series`, `/studies/${ANNA}/instances`, '/series', '/studies']) {
      const found = await asked(`${path}?PatientID=${PERSON}&${fields}`, stranger);
      expect(found.status).toBe(200);
      expect(new Set(pickedOf(found.json).flat())).toEqual(new Set([undefined]));
      expect(found.headers.get('warning')).toMatch(/studies that you may open/);
      const all = await asked(`${path}?PatientID=${PERSON}&includefield=all`, stranger);
      expect(new Set(pickedOf(all.json).flat())).toEqual(new Set([undefined]));
    }
    const refused = (await registry.events('audit')).filter(
      ({ data }) => data.action === 'study.retrieve' && data.subject === 'dr.stranger',
    );
    expect(refused).toEqual([]);
  });

  it('finds of the province what a search for studies does, for each caller', async () => {
    const stranger = { hospital: 'H003' };
    expect(await series('/series', stranger)).toEqual([]);
    expect(await instances('/instances?PatientID=A*', stranger)).toEqual([]);
    expect(await series(`/series?PatientID=${PERSON}`, stranger)).toHaveLength(4);
    expect(await instances(`/instances?SeriesInstanceUID=${ANNA}.1`, stranger)).toHaveLength(2);
    expect(await series('/series', { hospital: 'H002' })).toHaveLength(4);
  });

  it('reads of series that were registered before what it tells of them, once', async () => {
    await registry.database.query('UPDATE series SET told = NULL');
    expect(await series('/series?00400275.00400009=SPS3')).toEqual(inStudy(ANNA, 3));
    const [kept] = await registry.database.query<{ kept: number }>('SELECT count(told)::int AS kept FROM series');
    expect(kept?.kept).toBe(5);
  });

  it('gives names to studies of before, in the background', async () => {
    await registry.database.query('DELETE FROM study_names');
    await registry.database.query("INSERT INTO study_names_to_fill VALUES ('')");
    const { FillStudyNamesWorker } = await import('../find-studies/fill-study-names.worker.js');
    const worker = new FillStudyNamesWorker(registry.database);
    worker.onApplicationBootstrap();
    for (let left = 1; left > 0; ) {
      const [count] = await registry.database.query<{ left: number }>(
        'SELECT count(*)::int AS left FROM study_names_to_fill',
      );
      left = count?.left ?? 0;
    }
    await worker.onModuleDestroy();
    expect(await values('/studies?fuzzymatching=true&PatientName=ben jon', '0020000D')).toEqual([BEN]);
  });

  it('goes through pages without repeats while new studies arrive between them', async () => {
    const all = await instances('/instances');
    const paged: unknown[] = await instances('/instances?limit=2');
    await registry.store('H001', [image(`${UID}.8`, 1, 1, ['B1', 'Jones^Ben'])]);
    for (let offset = 2; offset < 8; offset += 2) {
      paged.push(...(await instances(`/instances?limit=2&offset=${offset}`)));
      await registry.store('H001', [image(`${UID}.0.${offset}`, 1, 1, ['B1', 'Jones^Ben'])]);
    }
    expect(new Set(paged).size).toBe(paged.length);
    expect(paged).toEqual(expect.arrayContaining(all));
    const studies: unknown[] = await values('/studies?limit=2', '0020000D');
    await registry.store('H001', [image(`${UID}.9`, 1, 1, ['B1', 'Jones^Ben'])]);
    studies.push(...(await values('/studies?limit=50&offset=2', '0020000D')));
    expect(new Set(studies).size).toBe(studies.length);
  });

  it('answers XML when that is asked for, and refuses what it has not', async () => {
    const xml = await registry.get(
      `/dicom-web/studies/${ANNA}/series?SeriesNumber=1`,
      'multipart/related; type="application/dicom+xml"',
    );
    expect(xml.status).toBe(200);
    const boundary = /^multipart\/related; type="application\/dicom\+xml"; boundary="([^"]+)"$/.exec(
      xml.headers.get('content-type') ?? '',
    )?.[1];
    const [, part, ending] = xml.body.toString().split(`--${boundary}`);
    expect(part).toMatch(
      /^\r\nContent-Type: application\/dicom\+xml\r\n\r\n<\?xml .*<Value number="1">Series 1, AP<\/Value>.*<\/NativeDicomModel>\r\n$/,
    );
    expect(ending).toBe('--\r\n');
    const none = await registry.get(
      '/dicom-web/series?SeriesNumber=99',
      'multipart/related; type="application/dicom+xml"',
    );
    expect([none.status, none.body.length]).toEqual([204, 0]);
    expect((await registry.get('/dicom-web/series?accept=application/dicom%2Bjson', 'image/png')).status).toBe(200);
    const picture = await registry.get('/dicom-web/series', 'image/png');
    expect([picture.status, picture.json.code]).toEqual([406, 'NOT_ACCEPTABLE']);
  });

  it('has a page of none, and says when a limit is too large', async () => {
    const none = await registry.get('/dicom-web/series?limit=0');
    expect([none.status, none.json]).toEqual([200, []]);
    expect(none.headers.get('warning')).toMatch(/additional results/);
    const many = await registry.get('/dicom-web/series?limit=99999999&multiplevaluematching=true');
    expect(many.headers.get('warning')).toBe(
      '299 yinglian "The multiplevaluematching parameter is not supported. Multiple Value Matching has not been performed."',
    );
  });

  it.each([
    ['a key of a lower level', 'SOPInstanceUID=1.2'],
    ['a date that is none', 'PerformedProcedureStepStartDate=today'],
    ['a time that is none', 'StudyTime=99'],
    ['a UID that is none', "SeriesInstanceUID=1.2' OR 1=1"],
    ['a control character', 'PatientName=%00'],
    ['a field that is none', 'includefield=Nonsense'],
    ['another zone', 'StudyDate=20260101&TimezoneOffsetFromUTC=-0500'],
    ['another character set', 'charset=gb18030'],
    ['two of one key', 'PatientName=a&PatientName=b'],
    ['too many', Array.from({ length: 100 }, (_, n) => `k${n}=1`).join('&')],
  ])('refuses %s', async (_, query) => {
    for (const path of ['/series', `/studies/${ANNA}/series`]) {
      const { status, json } = await registry.get(`/dicom-web${path}?${query}`);
      expect([status, json.code]).toEqual([400, 'QUERY_INVALID']);
    }
  });

  it('reads no more than a hundred packs for fields, and says that some results lack them', async () => {
    const study = `${UID}.7`;
    for (let series = 1; series <= 101; series += 1) {
      await registry.store('H001', [image(study, series, 1, ['B1', 'Jones^Ben'])]);
    }
    const path = `/dicom-web/studies/${study}/series?includefield=Manufacturer`;
    const { json, headers } = await registry.get(path);
    const told = json.filter((one: DicomJson) => one['00080070'] !== undefined);
    expect([json.length, told.length]).toEqual([101, 100]);
    expect(headers.get('warning')).toMatch(/from 100 packs at most/);
  });

  it('is too broad when it would look through too many studies, and says so', async () => {
    const elsewhere = { hospital: 'H009' };
    await registry.database.query(
      `INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, study_date, study_time, accession_number, description,
         modalities, body_parts, series_count, instance_count, state, arrived_at, updated_at)
       SELECT '1.9.' || n, 'H009', '', 'L' || n, '20260101', '', '', '', '{CT}', '{}', 1, 1, 'complete', now(), now()
       FROM generate_series(1, 2100) n`,
    );
    await registry.database.query(
      `INSERT INTO treated_studies (study_uid, treating_hospital, listed_date, listed_time, listed_modalities)
       SELECT study_uid, hospital, study_date, study_time, modalities FROM studies WHERE hospital = 'H009'`,
    );
    await registry.database.query(
      `INSERT INTO series (study_uid, series_uid, modality, series_number, description, body_part, series_date, series_time,
         instance_count, told)
       SELECT study_uid, study_uid || '.1', 'CT', '1', '', '', '', '', 1, '{}' FROM studies WHERE hospital = 'H009'`,
    );
    for (const query of ['series?SeriesNumber=99', 'instances?SeriesNumber=99', 'series?offset=2099']) {
      const { status, json } = await registry.get(`/dicom-web/${query}`, 'application/dicom+json', elsewhere);
      expect([status, json.code]).toEqual([413, 'SEARCH_TOO_BROAD']);
    }
    expect(await series('/series?offset=2000&limit=2', elsewhere)).toHaveLength(2);
    expect(await series('/series?SeriesNumber=99&Modality=MR', elsewhere)).toEqual([]);
  });

  it('refuses ten thousand keys before it reads them', async () => {
    const query = Array.from({ length: 10_000 }, (_, n) => `k${n}=1`).join('&');
    expect((await registry.get(`/dicom-web/series?${query}`)).status).toBe(431);
  });
});

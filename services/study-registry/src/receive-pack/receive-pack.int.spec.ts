import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PACK_MEDIA_TYPE } from '@yinglian/dicom';
import { CT_STUDY_DATE, ctSeries, element, fileOf, part10 } from '@yinglian/testing';
import { packOf, sha256 } from '../testing/pack-of.js';
import { RegistryService, StudyArrivingV1, StudyReceivedV1 } from '../testing/registry-service.js';
import { withPixel } from '../testing/steward.js';

describe('a pack that a gateway brings', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const row = async (uid: string) => {
    const [study] = await registry.database.query<Record<string, unknown>>(
      `SELECT hospital, patient_id, instance_count, series_count, received_count, state, version, modalities, body_parts,
         patient_name FROM studies WHERE study_uid = $1`,
      [uid],
    );
    return study;
  };
  const eventsOf = async (uid: string) =>
    (await registry.events('studies'))
      .filter(({ data }) => data.studyInstanceUid === uid)
      .map(({ type, data }) => [type, data.version, data.instances]);
  const received = (studyInstanceUid: string, instances: number, hospital = 'H001') => ({
    hospital,
    studyInstanceUid,
    instances,
    reason: 'QUIET_TIME' as const,
    quietSince: '2026-11-24T08:00:00.000Z',
  });
  const headOf = async (digest: string) => {
    const token = await registry.issuer.serviceToken({ clientId: 'g', scopes: ['packs:write'], hospital: 'H001' });
    return (
      await registry.ask('HEAD', `/api/study-registry/packs/${digest}`, {
        headers: { authorization: `Bearer ${token}` },
      })
    ).status;
  };

  it('is stored and registered, once', async () => {
    const series = ctSeries(3);
    const pack = packOf('H001', series.slices.map(fileOf));
    expect(await headOf(pack.digest)).toBe(404);
    const first = await registry.put(pack);
    expect([first.status, first.json]).toEqual([201, { stored: 3, duplicates: 0, quarantined: 0, notServed: [] }]);
    const again = await registry.put(pack);
    expect([again.status, again.json]).toEqual([200, { stored: 3, duplicates: 0, quarantined: 0, notServed: [] }]);
    expect(await headOf(pack.digest)).toBe(200);
    expect(await row(series.studyInstanceUid)).toEqual({
      hospital: 'H001',
      patient_id: series.patientId,
      instance_count: 3,
      series_count: 1,
      received_count: null,
      state: 'arriving',
      version: 1,
      modalities: ['CT'],
      body_parts: ['CHEST'],
      patient_name: 'Bench^Patient=测试^病人',
    });
    expect(await eventsOf(series.studyInstanceUid)).toEqual([['study.registered.v1', 1, 3]]);
  });

  it('completes its study when the gateway’s count is reached, whatever comes first', async () => {
    const early = ctSeries(4);
    const files = early.slices.map(fileOf);
    await registry.publish(StudyReceivedV1, received(early.studyInstanceUid, 4));
    await registry.store('H001', files.slice(0, 2));
    expect((await row(early.studyInstanceUid))?.state).toBe('arriving');
    await registry.store('H001', files.slice(2));
    expect((await row(early.studyInstanceUid))?.state).toBe('complete');
    expect(await eventsOf(early.studyInstanceUid)).toEqual([
      ['study.registered.v1', 1, 2],
      ['study.updated.v1', 2, 4],
      ['study.completed.v2', 3, 4],
    ]);
    const late = ctSeries(1);
    await registry.store('H001', late.slices.map(fileOf));
    await registry.publish(StudyReceivedV1, received(late.studyInstanceUid, 1));
    expect((await row(late.studyInstanceUid))?.state).toBe('complete');
    await registry.publish(StudyReceivedV1, received(late.studyInstanceUid, 2));
    expect((await row(late.studyInstanceUid))?.state).toBe('arriving');
  });

  it('joins a study that was announced, and leaves it with the hospital that announced it', async () => {
    const series = ctSeries(1);
    const announced = {
      hospital: 'H001',
      studyInstanceUid: series.studyInstanceUid,
      patient: { hospital: 'H001', issuer: '', id: series.patientId },
      studyDate: CT_STUDY_DATE,
      studyTime: '081500',
      accessionNumber: 'A1',
      modality: 'CT',
      bodyPart: 'CHEST',
      description: '',
      arrivedAt: '2026-11-24T08:00:00.000Z',
    };
    await registry.publish(StudyArrivingV1, announced);
    expect(await row(series.studyInstanceUid)).toMatchObject({
      hospital: 'H001',
      instance_count: 0,
      state: 'arriving',
    });
    const foreign = packOf('H002', series.slices.map(fileOf));
    expect((await registry.put(foreign, 'H002')).json).toEqual({
      stored: 0,
      duplicates: 0,
      quarantined: 1,
      notServed: [0],
    });
    await registry.store('H001', series.slices.map(fileOf));
    await registry.publish(StudyArrivingV1, {
      ...announced,
      hospital: 'H002',
      patient: { hospital: 'H002', issuer: '', id: 'X' },
    });
    expect(await row(series.studyInstanceUid)).toMatchObject({ hospital: 'H001', instance_count: 1 });
    const quarantined = await registry.database.query(
      'SELECT hospital, reason, sop_instance_uid FROM quarantined_instances WHERE study_uid = $1',
      [series.studyInstanceUid],
    );
    expect(quarantined).toEqual([
      { hospital: 'H002', reason: 'STUDY_OF_ANOTHER_HOSPITAL', sop_instance_uid: series.slices[0]?.sopInstanceUid },
    ]);
  });

  it('counts the same bytes again as duplicates, and keeps other bytes under a known UID aside', async () => {
    const series = ctSeries(2);
    const files = series.slices.map(fileOf);
    await registry.store('H001', files.slice(0, 1));
    const both = packOf('H001', files);
    expect((await registry.put(both)).json).toEqual({ stored: 1, duplicates: 1, quarantined: 0, notServed: [] });
    const changed = Buffer.from(files[0] ?? '');
    changed[changed.length - 1] = 0x55;
    const conflict = packOf('H001', [changed]);
    expect((await registry.put(conflict)).json).toEqual({ stored: 0, duplicates: 0, quarantined: 1, notServed: [0] });
    expect((await registry.put(conflict)).json).toEqual({ stored: 0, duplicates: 0, quarantined: 1, notServed: [0] });
    expect(await row(series.studyInstanceUid)).toMatchObject({ instance_count: 2 });
  });

  it('says which of its instances the province does not serve, now and whenever it comes again', async () => {
    const series = ctSeries(3);
    const [first = Buffer.alloc(0), second = Buffer.alloc(0), third = Buffer.alloc(0)] = series.slices.map(fileOf);
    await registry.store('H001', [second]);
    const mixed = packOf('H001', [first, withPixel(second), third]);
    const receipt = { stored: 2, duplicates: 0, quarantined: 1, notServed: [1] };
    const answers = [await registry.put(mixed), await registry.put(mixed)];
    expect(answers.map(({ status, json }) => [status, json])).toEqual([
      [201, receipt],
      [200, receipt],
    ]);
    // The version that is aside comes once more, beside another one: found again, and served no more than before.
    const again = packOf('H001', [withPixel(second), third]);
    expect((await registry.put(again)).json).toEqual({ stored: 0, duplicates: 2, quarantined: 0, notServed: [0] });
  });

  it('is read as what its bytes are when it declares another character set, and its study says so', async () => {
    const series = ctSeries(1);
    const [file = Buffer.alloc(0)] = series.slices.map(fileOf);
    await registry.store('H001', [file]);
    const guessed = async (uid: string) =>
      registry.database.query('SELECT patient_name, description, charset_guessed FROM studies WHERE study_uid = $1', [
        uid,
      ]);
    const texts = { patient_name: 'Bench^Patient=测试^病人', description: '胸部平扫' };
    expect(await guessed(series.studyInstanceUid)).toEqual([{ ...texts, charset_guessed: false }]);
    const other = ctSeries(1);
    const wrong = Buffer.from(other.slices.map(fileOf)[0] ?? '');
    wrong.write('ISO_IR 100', wrong.indexOf('ISO_IR 192'), 'latin1');
    await registry.store('H001', [wrong]);
    expect(await guessed(other.studyInstanceUid)).toEqual([{ ...texts, charset_guessed: true }]);
  });

  it('is counted by what became of its instances, for whoever looks after the hospital and in the metrics', async () => {
    const files = ctSeries(2).slices.map(fileOf);
    await registry.store('H003', files);
    const [file = Buffer.alloc(0)] = files;
    await registry.store('H003', [file]);
    const changed = Buffer.from(file);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 0x55;
    await registry.store('H003', [changed]);
    const asked = (role: 'administrator' | 'clinician') =>
      registry.get('/api/study-registry/hospitals/H003/received?days=1', 'application/json', { roles: [role] });
    expect((await asked('administrator')).json).toEqual({
      hospital: 'H003',
      days: 1,
      packs: 3,
      stored: 2,
      duplicates: 1,
      quarantined: 1,
    });
    expect((await asked('clinician')).json.code).toBe('ROLE_NOT_ALLOWED');
    const metrics = await (await fetch(`${registry.address}/metrics`)).text();
    expect(metrics).toMatch(/registry_instances_received_total\{outcome="duplicate"[^}]*\} [1-9]/);
  });

  it('is refused when its bytes are others than its name says, or cut short', async () => {
    const pack = packOf('H001', ctSeries(1).slices.map(fileOf));
    const wrong = await registry.put({ bytes: Buffer.concat([pack.bytes, Buffer.from('x')]), digest: pack.digest });
    expect([wrong.status, wrong.json.code]).toEqual([422, 'PACK_DIGEST_MISMATCH']);
    const short = pack.bytes.subarray(0, pack.bytes.length - 9);
    const truncated = await registry.put({ bytes: short, digest: sha256(short) });
    expect([truncated.status, truncated.json.code]).toEqual([422, 'PACK_MALFORMED']);
    const empty = await registry.put({ bytes: Buffer.alloc(0), digest: sha256(Buffer.alloc(0)) });
    expect([empty.status, empty.json.code]).toEqual([422, 'PACK_MALFORMED']);
    expect((await registry.put({ bytes: pack.bytes, digest: 'nonsense' })).status).toBe(400);
  });

  it('of 10 GiB is refused by what it announces, before it is read', async () => {
    const token = await registry.issuer.serviceToken({ clientId: 'g', scopes: ['packs:write'], hospital: 'H001' });
    const { hostname, port } = new URL(registry.address);
    const socket = connect(Number(port), hostname);
    socket.write(
      [
        `PUT /api/study-registry/packs/${'a'.repeat(64)} HTTP/1.1`,
        `host: ${hostname}`,
        `authorization: Bearer ${token}`,
        `content-type: ${PACK_MEDIA_TYPE}`,
        `content-length: ${10 * 1024 ** 3}`,
        '',
        'the first bytes of very many',
      ].join('\r\n'),
    );
    const answer = (await socket.toArray()).join('');
    expect(answer).toMatch(/^HTTP\/1\.1 413 .*"code":"PACK_TOO_LARGE"/s);
    expect(answer).toMatch(/^connection: close\r$/im);
    expect(await readdir(join(registry.environment.OBJECTS_FOLDER ?? '', 'incoming'))).toEqual([]);
  });

  it('is refused when its manifest says other things than its bytes', async () => {
    const file = fileOf(ctSeries(1).slices[0] ?? { sopInstanceUid: '', dataSet: Buffer.alloc(0), sha256: '' });
    const lies = [
      { sopInstanceUid: '1.2.3' },
      { sopClassUid: '1.2.3' },
      { transferSyntaxUid: '1.2.840.10008.1.2' },
      { dataSetSha256: sha256(Buffer.from('another')) },
      { dataSetOffset: 5 },
    ];
    for (const lie of lies) {
      const pack = packOf('H001', [file], (manifest) => ({
        ...manifest,
        instances: manifest.instances.map((instance) => ({ ...instance, ...lie })),
      }));
      const answer = await registry.put(pack);
      expect([Object.keys(lie), answer.status, answer.json.code]).toEqual([Object.keys(lie), 422, 'PACK_MALFORMED']);
    }
    const notDicom = Buffer.from('this is no image at all'.repeat(20));
    const whole = packOf('H001', [file]);
    const bad = packOf('H001', [file], (manifest) => manifest);
    bad.bytes.set(notDicom, 0);
    expect((await registry.put({ bytes: bad.bytes, digest: sha256(bad.bytes) })).json.code).toBe('PACK_MALFORMED');
    expect((await registry.put(whole)).status).toBe(201);
  });

  it('is refused from a gateway of another hospital, and from people', async () => {
    const pack = packOf('H001', ctSeries(1).slices.map(fileOf));
    const foreign = await registry.put(pack, 'H002');
    expect([foreign.status, foreign.json.code]).toEqual([403, 'PACK_OF_ANOTHER_HOSPITAL']);
    const clinician = await registry.issuer.personToken({ subject: 'dr', roles: ['clinician'], hospital: 'H001' });
    expect((await registry.put(pack, 'H001', { authorization: `Bearer ${clinician}` })).status).toBe(403);
  });

  it('keeps quotes and scripts in texts as they are', async () => {
    const text = `'; DROP TABLE studies; --<script>alert("x")</script>`;
    const uid = `1.2.826.0.1.3680043.10.1561.9.${Date.now()}`;
    const dataSet = Buffer.concat([
      element(0x00080005, 'CS', 'ISO_IR 192'),
      element(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.2'),
      element(0x00080018, 'UI', `${uid}.1`),
      element(0x00080020, 'DA', text),
      element(0x00080030, 'TM', text),
      element(0x00080050, 'SH', text),
      element(0x00080060, 'CS', text),
      element(0x00080080, 'LO', text),
      element(0x00080090, 'PN', text),
      element(0x00081030, 'LO', text),
      element(0x0008103e, 'LO', text),
      element(0x00100010, 'PN', text),
      element(0x00100020, 'LO', text),
      element(0x00100030, 'DA', text),
      element(0x00100040, 'CS', text),
      element(0x00180015, 'CS', text),
      element(0x0020000d, 'UI', uid),
      element(0x0020000e, 'UI', `${uid}.2`),
      element(0x00200010, 'SH', text),
      element(0x00200011, 'IS', text),
    ]);
    await registry.store('H001', [part10('1.2.840.10008.5.1.4.1.1.2', `${uid}.1`, dataSet)]);
    expect(await row(uid)).toMatchObject({ patient_id: text, patient_name: text, modalities: [text] });
  });

  it('is taken once when it comes many times at once, with others of its study', async () => {
    const series = ctSeries(12);
    const packs = series.slices.map((slice) => packOf('H001', [fileOf(slice)]));
    const answers = await Promise.all([...packs, ...packs].map((pack) => registry.put(pack)));
    expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true);
    expect(await row(series.studyInstanceUid)).toMatchObject({ instance_count: 12, version: 12 });
    expect(await eventsOf(series.studyInstanceUid)).toHaveLength(12);
  });
});

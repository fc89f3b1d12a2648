import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestIssuer } from '@yinglian/platform/testing';
import {
  BOUNDARY,
  multipart,
  part10,
  type SmallInstance,
  type SmallInstanceOptions,
  smallInstance,
} from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const fileOf = ({ sopClassUid, sopInstanceUid, dataSet }: SmallInstance) =>
  part10(sopClassUid, sopInstanceUid, dataSet);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const FAILED = '00081198';
const REFERENCED = '00081199';
const OTHER_FAILURES = '0008119A';

const uid = (value: string) => ({ vr: 'UI', Value: [value] });
const reason = (status: number) => ({ '00081197': { vr: 'US', Value: [status] } });
const sequence = (...items: unknown[]) => ({ vr: 'SQ', Value: items });
const referenced = ({ sopClassUid, sopInstanceUid }: SmallInstance) => ({
  '00081150': uid(sopClassUid),
  '00081155': uid(sopInstanceUid),
});
describe('STOW-RS at a gateway', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await TestGateway.start({ ASSOCIATION_IDLE_MS: '1500' });
  });
  afterAll(() => gateway.stop());

  const receivedFiles = async () => (await gateway.province.instances()).map(({ file }) => sha256(file));
  const urlOf = (instance: SmallInstance) =>
    `${gateway.province.url}/dicom-web/studies/${instance.studyInstanceUid}/series/${instance.seriesInstanceUid}/instances/${instance.sopInstanceUid}`;

  it('answers 200 with what it stored, and hands the whole files over byte for byte', async () => {
    const instance = smallInstance();
    expect(await gateway.stow(multipart([fileOf(instance)]))).toEqual({
      status: 200,
      contentType: 'application/dicom+json',
      body: {
        '00081190': { vr: 'UR', Value: [`${gateway.province.url}/dicom-web/studies/${instance.studyInstanceUid}`] },
        [REFERENCED]: sequence({ ...referenced(instance), '00081190': { vr: 'UR', Value: [urlOf(instance)] } }),
      },
    });
    await eventually('it is at the registry', async () => (await receivedFiles()).includes(sha256(fileOf(instance))));
  });

  it('answers 202 when it stored some, with the reason for each of the others', async () => {
    const [good, bad] = [smallInstance(), smallInstance({ overrides: { 2097165: undefined } })];
    const answer = await gateway.stow(multipart([fileOf(good), fileOf(bad), Buffer.from('not DICOM')]));
    expect(answer).toMatchObject({
      status: 202,
      body: {
        [FAILED]: sequence({ ...referenced(bad), ...reason(0xa900) }),
        [REFERENCED]: sequence(referenced(good)),
        [OTHER_FAILURES]: sequence(reason(0xc000)),
      },
    });
  });

  it.each<[what: string, status: number, of: SmallInstanceOptions]>([
    ['without Study Instance UID', 0xa900, { overrides: { 2097165: undefined } }],
    ['without Series Instance UID', 0xa900, { overrides: { 2097166: undefined } }],
    ['with a Study Instance UID that is a path', 0xa900, { overrides: { 2097165: '../../../x' } }],
    ['with a Series Instance UID that is SQL', 0xa900, { overrides: { 2097166: "1';DROP TABLE x;--" } }],
    ['with a SOP Instance UID that is a script', 0xa900, { sopInstanceUid: '<script>alert(1)</script>' }],
    ['of a class that is not stored', 0x0122, { sopClassUid: '1.2.840.10008.1.3.10' }],
  ])('answers 409 to an instance %s', async (_, status, of) => {
    const instance = smallInstance(of);
    expect(await gateway.stow(multipart([fileOf(instance)]))).toEqual({
      status: 409,
      contentType: 'application/dicom+json',
      body: { [FAILED]: sequence({ ...referenced(instance), ...reason(status) }) },
    });
  });

  it('answers 409 to files that are cut off or no DICOM, wherever they are cut', async () => {
    const file = fileOf(smallInstance());
    const cuts = [1, 100, 131, 132, 200, file.length - 1, file.length - 5].map((end) => file.subarray(0, end));
    for (const cut of [...cuts, Buffer.from('{"not":"DICOM"}'), Buffer.alloc(4096), Buffer.alloc(0)]) {
      expect(await gateway.stow(multipart([cut]))).toMatchObject({ status: 409 });
    }
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
  });

  it('answers 409 to an instance of another study than that of the address', async () => {
    const [mine, other] = [smallInstance(), smallInstance()];
    const answer = await gateway.stow(multipart([fileOf(mine), fileOf(other)]), {}, `/${mine.studyInstanceUid}`);
    expect(answer).toMatchObject({
      status: 202,
      body: {
        [FAILED]: sequence({ ...referenced(other), ...reason(0xa900) }),
        [REFERENCED]: sequence(referenced(mine)),
      },
    });
  });

  const type = (value: string) => ({ 'content-type': value });
  const part = () => fileOf(smallInstance());
  it.each<
    [
      what: string,
      status: number,
      code: string,
      body: Uint8Array<ArrayBuffer>,
      headers?: Record<string, string>,
      study?: string,
    ]
  >([
    ['without its last boundary', 400, 'STOW_MULTIPART_BROKEN', multipart([part()], { ending: '' })],
    ['without any boundary', 400, 'STOW_MULTIPART_BROKEN', new Uint8Array(part())],
    [
      'with headers that are none',
      400,
      'STOW_MULTIPART_BROKEN',
      multipart([part()], { contentType: 'x\r\nno header\r\nno: ' }),
    ],
    [
      'with headers without end',
      400,
      'STOW_MULTIPART_BROKEN',
      new Uint8Array(Buffer.from(`--${BOUNDARY}\r\nX: ${'x'.repeat(40_000)}`)),
    ],
    ['that is empty', 400, 'STOW_MULTIPART_BROKEN', new Uint8Array(0)],
    ['without a part', 400, 'STOW_WITHOUT_INSTANCES', multipart([])],
    [
      'without a boundary parameter',
      400,
      'STOW_MULTIPART_BROKEN',
      multipart([part()]),
      type('multipart/related; type="application/dicom"'),
    ],
    [
      'that is a form',
      415,
      'STOW_NOT_MULTIPART',
      multipart([part()]),
      type(`multipart/form-data; boundary=${BOUNDARY}`),
    ],
    [
      'of metadata',
      415,
      'STOW_NOT_MULTIPART',
      multipart([part()]),
      type(`multipart/related; type="application/dicom+json"; boundary=${BOUNDARY}`),
    ],
    ['that is a picture', 415, 'STOW_NOT_MULTIPART', multipart([part()]), type('multipart/related; type="image/png"')],
    ['to a study that is no UID', 400, 'STOW_STUDY_UID_INVALID', multipart([part()]), {}, '/1.2.x'],
    ['to be answered as a page', 406, 'STOW_NOT_ACCEPTABLE', multipart([part()]), { accept: 'text/html' }],
  ])('answers a request %s with %d %s', async (_, status, code, body, headers = {}, study = '') => {
    const answer = await gateway.stow(body, headers, study);
    expect(answer).toMatchObject({ status, contentType: expect.stringContaining('problem+json'), body: { code } });
  });

  it('takes one file by itself, and answers in XML', async () => {
    const instance = smallInstance();
    const headers = { 'content-type': 'application/dicom', accept: 'application/dicom+xml' };
    const answer = await gateway.ask(new Uint8Array(fileOf(instance)), headers);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/dicom+xml']);
    expect(await answer.text()).toContain(`<Value number="1">${instance.sopInstanceUid}</Value>`);
  });

  it('answers a long request that makes no sense from its beginning', async () => {
    const body = Buffer.concat([Buffer.from(`--${BOUNDARY}\r\nno header\r\n\r\n`), Buffer.alloc(8 * 1024 * 1024)]);
    expect(await gateway.stow(Uint8Array.from(body))).toMatchObject({
      status: 400,
      body: { code: 'STOW_MULTIPART_BROKEN' },
    });
  });

  it('says what it stored when the body breaks after whole parts', async () => {
    const [whole, half] = [smallInstance(), smallInstance()];
    expect(await gateway.stow(multipart([fileOf(whole), fileOf(half)], { ending: '' }))).toMatchObject({
      status: 202,
      body: { [REFERENCED]: sequence(referenced(whole)), [OTHER_FAILURES]: sequence(reason(0xc000)) },
    });
    await eventually('the whole one is there', async () => (await receivedFiles()).includes(sha256(fileOf(whole))));
    expect(await receivedFiles()).not.toContain(sha256(fileOf(half)));
    const unended = multipart([part()], { ending: `\r\n--${BOUNDARY}` });
    expect(await gateway.stow(unended)).toMatchObject({ status: 202 });
  });

  it('refuses who may not store', async () => {
    const body = multipart([part()]);
    const foreign = await TestIssuer.start();
    const person = { subject: 'dr.chen', roles: ['clinician' as const], hospital: 'H001' };
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const client = { clientId: 'pacs', hospital: 'H001' };
    const answers = [
      await gateway.stow(body, { authorization: '' }),
      await gateway.stow(body, bearer('not.a.token')),
      await gateway.stow(body, bearer(await gateway.issuer.personToken(person, { expiresIn: '-1m' }))),
      await gateway.stow(body, bearer(await foreign.personToken(person))),
      await gateway.stow(body, bearer(await foreign.personToken(person, { issuer: gateway.issuer.url }))),
      await gateway.stow(body, bearer(await gateway.issuer.serviceToken({ ...client, scopes: ['packs:write'] }))),
      await gateway.stow(body, bearer(await gateway.token('H002'))),
      await gateway.stow(body, bearer(await gateway.token(null))),
      await gateway.stow(body, bearer(await gateway.issuer.personToken({ ...person, hospital: 'H002' }))),
      await gateway.stow(body, bearer(await gateway.issuer.personToken({ ...person, roles: ['patient'] }))),
      await gateway.stow(body, bearer(await gateway.issuer.personToken(person))),
    ];
    await foreign.stop();
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 403, 403, 403, 403, 403, 200]);
  });

  it('keeps text that is a script, a query or a formula as it is, and tells it as it is', async () => {
    const text = `<script>alert("1")</script>' OR 1<2;--`;
    const instance = smallInstance({ text });
    expect((await gateway.stow(multipart([fileOf(instance)]))).status).toBe(200);
    await eventually('it is at the registry', async () => (await receivedFiles()).includes(sha256(fileOf(instance))));
    const observed = async () =>
      (await gateway.events()).find(
        ({ type: said, data }) => said === 'patient.observed.v3' && data.studyInstanceUid === instance.studyInstanceUid,
      );
    await eventually('the patient was told', async () => (await observed()) !== undefined);
    expect((await observed())?.data).toMatchObject({
      patient: { hospital: 'H001', issuer: text, id: text },
      name: { alphabetic: text },
    });
  });

  /** The beginning of a request with a body that is longer than what is sent. */
  const beginRequest = async (instance: SmallInstance) => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    const body = multipart([fileOf(instance)]);
    socket.write(
      [
        'POST /dicom-web/studies HTTP/1.1',
        'Host: gateway',
        `Authorization: Bearer ${await gateway.token()}`,
        `Content-Type: multipart/related; type="application/dicom"; boundary=${BOUNDARY}`,
        `Content-Length: ${body.length}`,
        '\r\n',
      ].join('\r\n'),
    );
    socket.write(body.subarray(0, body.length / 2));
    socket.on('error', () => undefined);
    return socket;
  };

  it('forgets the part of a peer that drops the connection', async () => {
    const instance = smallInstance();
    const socket = await beginRequest(instance);
    await eventually('it is being received', async () => (await gateway.segments()).length === 1);
    socket.destroy();
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
    expect((await gateway.events()).map(({ data }) => data.studyInstanceUid)).not.toContain(instance.studyInstanceUid);
  });

  it('drops peers that fall silent, however many, and serves others then', async () => {
    const sockets = await Promise.all(Array.from({ length: 16 }, () => beginRequest(smallInstance())));
    const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    await eventually('all are being received', async () => (await gateway.segments()).length === 16);
    expect((await gateway.stow(multipart([part()]))).status).toBe(503);
    await Promise.all(closed);
    await eventually('others are served', async () => (await gateway.stow(multipart([part()]))).status === 200);
  });
});

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeText, MllpClient } from '@yinglian/hl7';
import { merge, order, referral, report, visit } from '../testing/sample-messages.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const PATIENT = { hospital: 'H001', issuer: '', id: 'ZY1' };
const EXAM = {
  hospital: 'H001',
  patient: PATIENT,
  accessionNumber: 'CT1',
  placerOrderNumber: 'SQ1',
  item: { localCode: 'CT0102', localName: '胸部CT平扫', provincialCode: null },
  studyInstanceUid: null,
};
const PID = {
  3: 'ZY1^^^H1^PI~E12345678^^^^PPN^^^^CHN',
  6: '沈^素心',
  11: '文三路18号^^杭州市^浙江省^310012^CHN^H^^西湖区',
  13: '13800138000^PRN^CP',
  19: '339901198503120024',
  21: 'MU7^^^H1',
  24: 'Y',
  25: '2',
};

describe('messages of HIS and RIS', () => {
  let gateway: TestGateway;
  let sender: MllpClient;
  beforeAll(async () => {
    gateway = await TestGateway.start();
    sender = await MllpClient.connect(gateway.hl7Port);
  });
  afterAll(async () => {
    sender.close();
    await gateway.stop();
  });

  /** The acknowledgement code and MSA-2. */
  const send = async (message: string | Buffer) => {
    const answer = await sender.send(typeof message === 'string' ? Buffer.from(message) : message);
    return answer.toString().split('\r')[1]?.split('|').slice(1, 3);
  };
  /** Told of those patients, each one's in their order. */
  const eventsOf = async (patients: readonly string[], count: number) => {
    const told = async () =>
      (await gateway.events())
        .map(({ type, data }) => ({ type, data: data as { patient: { id: string }; name?: unknown } }))
        .filter(({ data }) => patients.includes(data.patient.id));
    await eventually('the events are told', async () => (await told()).length >= count);
    return (await told()).sort((one, other) => one.data.patient.id.localeCompare(other.data.patient.id));
  };

  it('are acknowledged, and tell in their order what they say', async () => {
    expect(await send(visit('A01', { controlId: '1', pid: PID }))).toEqual(['AA', '1']);
    expect(await send(order({ controlId: '2' }))).toEqual(['AA', '2']);
    const pdf = Buffer.from('%PDF-1.7 invented');
    const observations = [
      'OBX|1|TX|SEE^检查所见||双肺清晰~未见实变||||||F',
      'OBX|2|FT|SEE^检查所见||第二段\\.br\\第三段 5\\T\\6||||||F',
      'OBX|3|TX|DIAG^诊断意见||未见异常||||||F',
      `OBX|4|ED|PDF^报告||^AP^PDF^Base64^${pdf.toString('base64')}||||||F`,
    ];
    expect(await send(report(observations, { controlId: '3' }))).toEqual(['AA', '3']);
    expect(await send(merge('MZ9', { controlId: '4' }))).toEqual(['AA', '4']);
    expect(await eventsOf(['ZY1'], 5)).toEqual([
      {
        type: 'patient.observed.v3',
        data: {
          hospital: 'H001',
          patient: PATIENT,
          name: { ideographic: '沈^清秋', charsetGuessed: false },
          birthDate: '19850312',
          sex: 'F',
          otherIds: [
            { id: '339901198503120024', issuer: '', type: 'RESIDENT_ID' },
            { id: 'E12345678', issuer: 'CHN', type: 'PASSPORT' },
          ],
          phones: ['13800138000'],
          addresses: [
            { lines: ['文三路18号'], district: '西湖区', city: '杭州市', state: '浙江省', postalCode: '310012' },
          ],
          mother: { id: 'MU7', name: '沈^素心' },
          birthOrder: 2,
          studyInstanceUid: null,
          observedAt: '2026-11-24T02:15:00.000Z',
        },
      },
      {
        type: 'encounter.recorded.v1',
        data: {
          hospital: 'H001',
          patient: PATIENT,
          encounterId: 'V1',
          encounterClass: 'inpatient',
          status: 'active',
          department: 'RES',
          startedAt: '2026-11-24T02:15:00.000Z',
          endedAt: null,
          recordedAt: '2026-11-24T02:15:00.000Z',
        },
      },
      {
        type: 'order.placed.v1',
        data: {
          ...EXAM,
          fillerOrderNumber: null,
          status: 'placed',
          modality: 'CT',
          bodyPart: null,
          priority: 'urgent',
          department: 'RES',
          encounterId: 'V1',
          orderedAt: '2026-11-24T02:00:00.000Z',
          performedAt: null,
          recordedAt: '2026-11-24T02:15:00.000Z',
        },
      },
      {
        type: 'report.published.v1',
        data: {
          ...EXAM,
          fillerOrderNumber: 'R1',
          status: 'final',
          sections: [
            { title: '检查所见', text: '双肺清晰\n未见实变\n第二段\n第三段 5&6' },
            { title: '诊断意见', text: '未见异常' },
          ],
          isTruncated: false,
          documents: [
            {
              digest: createHash('sha256').update(pdf).digest('hex'),
              mediaType: 'application/pdf',
              sizeBytes: pdf.length,
            },
          ],
          reportedAt: '2026-11-24T04:00:00.000Z',
        },
      },
      {
        type: 'patient.merged.v1',
        data: {
          hospital: 'H001',
          patient: PATIENT,
          merged: { ...PATIENT, id: 'MZ9' },
          mergedAt: '2026-11-24T03:00:00.000Z',
        },
      },
    ]);
  });

  it('tell of a referral what is known of it', async () => {
    for (const trigger of ['I12', 'I14'])
      expect(await send(referral(trigger, { patientId: 'Z1', number: 'ZZ9', ends: '202612241200' }))).toMatchObject({
        0: 'AA',
      });
    const told = await eventsOf(['Z1'], 3);
    const known = {
      hospital: 'H001',
      patient: { ...PATIENT, id: 'Z1' },
      referralId: 'ZZ9',
      referredTo: 'H002',
      effectiveAt: '2026-11-23T16:00:00.000Z',
      expiresAt: '2026-12-24T04:00:00.000Z',
      recordedAt: '2026-11-24T02:15:00.000Z',
    };
    expect(told.slice(1)).toEqual(
      ['active', 'cancelled'].map((status) => ({ type: 'referral.recorded.v1', data: { ...known, status } })),
    );
  });

  it('in GB18030 mean the same, declared or not, and a guess is marked', async () => {
    const of = (patientId: string, charset: string) =>
      encodeText(visit('A28', { patientId, name: '誠諀^三', charset }), 'gb18030');
    expect(await send(of('G1', 'GB 18030-2000'))).toMatchObject({ 0: 'AA' });
    expect(await send(of('G2', ''))).toMatchObject({ 0: 'AA' });
    const told = (await eventsOf(['G1', 'G2'], 2)).map(({ data }) => data.name);
    expect(told).toEqual([
      { ideographic: '誠諀^三', charsetGuessed: false },
      { ideographic: '誠諀^三', charsetGuessed: true },
    ]);
  });

  it('sent again are acknowledged again and not told twice; a control id used again for another is another message', async () => {
    const first = visit('A04', { controlId: '77', patientId: 'D1', visit: 'VD1' });
    for (const _ of [1, 2, 3]) expect(await send(first)).toEqual(['AA', '77']);
    expect(await send(visit('A04', { controlId: '77', patientId: 'D2', visit: 'VD2' }))).toEqual(['AA', '77']);
    const told = (await eventsOf(['D1', 'D2'], 4)).map(({ type, data }) => [type, data.patient]);
    expect(told).toEqual(
      ['D1', 'D2'].flatMap((id) =>
        ['patient.observed.v3', 'encounter.recorded.v1'].map((type) => [type, { ...PATIENT, id }]),
      ),
    );
  });

  it('on eight connections at once are all acknowledged and all told', async () => {
    const senders = await Promise.all(Array.from({ length: 8 }, () => MllpClient.connect(gateway.hl7Port)));
    const answers = await Promise.all(
      senders.flatMap((one, connection) =>
        Array.from({ length: 40 }, (_, at) =>
          one.send(Buffer.from(visit('A28', { controlId: `C${connection}-${at}`, patientId: `P${connection}-${at}` }))),
        ),
      ),
    );
    expect(answers.map((answer) => answer.toString().split('\r')[1])).toEqual(
      senders.flatMap((_, connection) => Array.from({ length: 40 }, (__, at) => `MSA|AA|C${connection}-${at}`)),
    );
    const patients = senders.flatMap((_, connection) => Array.from({ length: 40 }, (__, at) => `P${connection}-${at}`));
    expect((await eventsOf(patients, 320)).map(({ data }) => data.patient.id)).toEqual(
      patients.sort((one, other) => one.localeCompare(other)),
    );
    for (const one of senders) one.close();
  });

  it('leave nothing of a patient in the log', () => {
    const said = ['339901198503120024', 'E12345678', 'ZY1', '13800138000', '文三路', '西湖', 'MU7'];
    for (const secret of ['沈', '清秋', '素心', '双肺', ...said]) expect(gateway.output).not.toContain(secret);
  });
});

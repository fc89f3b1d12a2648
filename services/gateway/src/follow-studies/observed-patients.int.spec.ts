import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXPLICIT_LITTLE_ENDIAN, type WrittenElement, writeDataSet } from '@yinglian/dicom';
import { encodeText } from '@yinglian/hl7';
import { multipart, part10 } from '@yinglian/testing';
import { eventIdOf } from '../domain/event-id.js';
import { newUid } from '../testing/modality.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

describe('the patient of a study', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  afterAll(() => gateway.stop());

  const observedOf = async (study: string) =>
    (await gateway.events()).filter(
      ({ type, data }) => type.startsWith('patient.observed') && data.studyInstanceUid === study,
    );

  it('is told with the kinds of the other numbers, address, phones and mother that the first image states, in GB18030', async () => {
    const [study, instance] = [newUid(), newUid()];
    const text = (value: string) => encodeText(value, 'gb18030');
    const elements: WrittenElement[] = [
      { tag: 0x00080005, vr: 'CS', value: 'GB18030' },
      { tag: 0x00080016, vr: 'UI', value: SECONDARY_CAPTURE },
      { tag: 0x00080018, vr: 'UI', value: instance },
      { tag: 0x00100010, vr: 'PN', value: text('SHEN^QINGQIU=沈^清秋') },
      { tag: 0x00100020, vr: 'LO', value: 'ZY0012345' },
      { tag: 0x00101000, vr: 'LO', value: 'MZ7' },
      {
        tag: 0x00101002,
        vr: 'SQ',
        value: [
          [
            { tag: 0x00100020, vr: 'LO', value: '339901198503120024' },
            { tag: 0x00100021, vr: 'LO', value: text('公安') },
            { tag: 0x00100022, vr: 'CS', value: 'TEXT' },
            { tag: 0x00100024, vr: 'SQ', value: [[{ tag: 0x00400035, vr: 'CS', value: 'NI' }]] },
          ],
          [
            { tag: 0x00100020, vr: 'LO', value: 'V20261124' },
            { tag: 0x00100024, vr: 'SQ', value: [[{ tag: 0x00400035, vr: 'CS', value: 'VN' }]] },
          ],
        ],
      },
      { tag: 0x00101040, vr: 'LO', value: text('杭州市西湖区誠諀路18号') },
      { tag: 0x00101060, vr: 'PN', value: text('沈^素心') },
      { tag: 0x00102154, vr: 'SH', value: '13800138000\\0571-88001234' },
      { tag: 0x0020000d, vr: 'UI', value: study },
      { tag: 0x0020000e, vr: 'UI', value: newUid() },
    ];
    const file = part10(SECONDARY_CAPTURE, instance, writeDataSet(elements, EXPLICIT_LITTLE_ENDIAN));
    expect((await gateway.stow(multipart([file]))).status).toBe(200);
    await eventually('the patient is told', async () => (await observedOf(study)).length > 0);
    const [event] = await observedOf(study);
    const { observedAt, ...told } = event?.data ?? {};
    expect({ type: event?.type, ...told }).toEqual({
      type: 'patient.observed.v3',
      hospital: 'H001',
      patient: { hospital: 'H001', issuer: '', id: 'ZY0012345' },
      name: { alphabetic: 'SHEN^QINGQIU', ideographic: '沈^清秋', charsetGuessed: false },
      birthDate: '',
      sex: '',
      otherIds: [
        { id: 'MZ7', issuer: '', type: 'UNKNOWN' },
        { id: '339901198503120024', issuer: '公安', type: 'RESIDENT_ID' },
      ],
      phones: ['13800138000', '0571-88001234'],
      addresses: [{ lines: ['杭州市西湖区誠諀路18号'], district: '', city: '', state: '', postalCode: '' }],
      mother: { id: '', name: '沈^素心' },
      birthOrder: null,
      studyInstanceUid: study,
    });
    for (const secret of ['沈', '339901198503120024', '13800138000', '西湖']) {
      expect(gateway.output).not.toContain(secret);
    }
  });

  it('whom a gateway before the update wrote down and did not tell is told as it was written, under its id', async () => {
    const study = newUid();
    const observed = {
      hospital: 'H001',
      patient: { hospital: 'H001', issuer: '', id: 'OLD7' },
      name: { alphabetic: 'SHEN', charsetGuessed: false },
      birthDate: '',
      sex: '',
      otherIds: [{ id: 'MZ7', issuer: '' }],
      studyInstanceUid: study,
      observedAt: '2026-11-24T08:00:00.000Z',
    };
    await gateway.kill();
    const journals = join(gateway.folder, 'studies', 'open');
    await mkdir(journals, { recursive: true });
    const lines = [{ fact: { mark: 'a-mark', observed } }, { instances: [newUid()], handedOver: [], dataSets: [] }];
    await writeFile(join(journals, `${study}.jsonl`), lines.map((line) => JSON.stringify(line)).join('\n'));
    await gateway.run();
    await eventually('the patient is told', async () => (await observedOf(study)).length > 0);
    expect(await observedOf(study)).toMatchObject([
      {
        id: eventIdOf('patient.observed.v1', 'H001', study, 'a-mark'),
        type: 'patient.observed.v1',
        data: observed,
      },
    ]);
  });
});

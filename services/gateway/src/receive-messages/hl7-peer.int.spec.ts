import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas, peerScript, peersPython, runProgram } from '@yinglian/testing';
import { order, visit } from '../testing/sample-messages.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const pidOf = (id: string) => ({
  3: `${id}^^^H1^PI~C77^^^WJW^健康卡~E12345678^^^H1^PPN^^^^法国`,
  6: '誠諀^素心',
  11: '誠諀路1号^^^^^^^^西湖区',
  13: '13800138000',
  21: 'MU7',
  24: 'Y',
  25: '1',
});

(machineHas('pydicom') ? describe : describe.skip)('python-hl7', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  afterAll(() => gateway.stop());

  it.each([
    ['utf-8', 'UNICODE UTF-8'],
    ['gb18030', 'GB 18030-2000'],
  ])('in %s sends a visit and an order, reads the acknowledgements, and both are told', async (encoding, charset) => {
    const told = { charset, patientId: encoding, application: '住院系统', name: '誠諀^三' };
    const messages = [
      visit('A01', { ...told, controlId: `${encoding}-1`, visit: `V-${encoding}`, pid: pidOf(encoding) }),
      order({ ...told, controlId: `${encoding}-2`, placer: encoding, accession: encoding }),
    ];
    const arguments_ = [peerScript('hl7-send.py'), String(gateway.hl7Port), encoding];
    const { stdout, output } = await runProgram(peersPython, arguments_, JSON.stringify(messages));
    const answers = stdout.trim().split('\n');
    if (answers.length !== 2) throw new Error(output);
    expect(answers.map((line) => JSON.parse(line))).toEqual([
      { code: 'AA', controlId: `${encoding}-1`, receiver: '住院系统', type: 'ACK^A01^ACK' },
      { code: 'AA', controlId: `${encoding}-2`, receiver: '住院系统', type: 'ACK^O01^ACK' },
    ]);
    const of = async () =>
      (await gateway.events()).filter(({ data }) => (data.patient as { id: string }).id === encoding);
    await eventually('both are told', async () => (await of()).length === 3);
    const [observed, ...others] = await of();
    expect(observed).toMatchObject({
      type: 'patient.observed.v3',
      data: {
        name: { ideographic: '誠諀^三', charsetGuessed: false },
        otherIds: [
          { id: 'C77', issuer: 'WJW', type: 'HEALTH_CARD' },
          { id: 'E12345678', issuer: '法国', type: 'PASSPORT' },
        ],
        phones: ['13800138000'],
        addresses: [{ lines: ['誠諀路1号'], district: '西湖区', city: '', state: '', postalCode: '' }],
        mother: { id: 'MU7', name: '誠諀^素心' },
        birthOrder: 1,
      },
    });
    expect(others.map(({ type }) => type)).toEqual(['encounter.recorded.v1', 'order.placed.v1']);
  });

  it('reads two answers in enhanced mode, the second of which asks for none', async () => {
    const message = visit('A01', { controlId: 'twice', patientId: 'twice' }).replace('|P|2.4|||||', '|P|2.4|||AL|AL|');
    const { stdout, output } = await runProgram(
      peersPython,
      [peerScript('hl7-enhanced.py'), String(gateway.hl7Port), '2'],
      message,
    );
    const answers = stdout.trim().split('\n');
    if (answers.length !== 2) throw new Error(output);
    expect(answers.map((line) => JSON.parse(line))).toEqual([
      { code: 'CA', controlId: 'twice', conditions: [] },
      { code: 'AA', controlId: 'twice', conditions: ['NE', 'NE'] },
    ]);
  });
});

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MllpClient } from '@yinglian/hl7';
import { order, report } from '../testing/sample-messages.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const documents = ['one', 'two', 'three'].map((number) => `%PDF-1.7 invented ${number}`);
const embedded = documents.map(
  (pdf, at) => `OBX|${at + 1}|ED|PDF^报告||^AP^PDF^Base64^${Buffer.from(pdf).toString('base64')}||||||F`,
);

describe('documents that reports embed', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  afterAll(() => gateway.stop());

  it('reach the province whole, also when it was away and the gateway was killed', async () => {
    await gateway.province.stop();
    const sender = await MllpClient.connect(gateway.hl7Port);
    await sender.send(Buffer.from(order({ controlId: '1' })));
    expect((await sender.send(Buffer.from(report(embedded, { controlId: '2' })))).toString()).toMatch(/\rMSA\|AA\|2/);
    sender.close();
    await gateway.kill();
    await gateway.run();
    await gateway.province.restart();
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    await eventually('all are there', async () => gateway.province.documents.size === documents.length);
    expect(Object.fromEntries(gateway.province.documents)).toEqual(
      Object.fromEntries(documents.map((text) => [sha256(text), text])),
    );
  });
});

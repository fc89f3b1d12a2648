import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MllpClient } from '@yinglian/hl7';
import { machineHas } from '@yinglian/testing';
import { Modality, newUid, stepBegins, stepEnds } from '../testing/modality.js';
import { order } from '../testing/sample-messages.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';

jest.setTimeout(240_000);

(machineHas('pydicom') ? describe : describe.skip)('an exam, from the order to the province', () => {
  let gateway: TestGateway;
  let modality: Modality;
  beforeAll(async () => {
    gateway = await TestGateway.start();
    modality = await Modality.start();
  });
  afterAll(async () => {
    await gateway.stop();
    await modality.stop();
  });

  const placeOrder = async (controlId: string, accession: string, placer: string) => {
    const sender = await MllpClient.connect(gateway.hl7Port);
    const answer = await sender.send(Buffer.from(order({ controlId, accession, placer })));
    sender.close();
    expect(answer.toString()).toMatch(/MSA\|AA/);
  };
  /** As it stands in the ledger: state, standing, gap and rule of each exam. */
  const exams = () => {
    const ledger = new DatabaseSync(join(gateway.folder, 'ledger.sqlite'), { readOnly: true });
    const rows = ledger
      .prepare(
        `SELECT e.accession_number AS number, p.state, p.gap, s.join_rule AS rule, s.reason
         FROM exam_progress p JOIN exams e USING (exam_id) LEFT JOIN studies s USING (exam_id) ORDER BY exam_id`,
      )
      .all();
    ledger.close();
    return rows.map(({ number, state, gap, rule, reason }) => [number, state, gap, rule, reason].join(' '));
  };

  it('goes through kills to registered when everything that its step lists is there', async () => {
    await placeOrder('1', 'A1', 'P1');
    await placeOrder('2', 'A2', 'P2');
    await eventually('both are ordered', async () => exams().join() === 'A1 ordered   ,A2 ordered   ');
    await gateway.kill();
    await gateway.run();
    const [study, step, first, second] = [newUid(), newUid(), newUid(), newUid()];
    const tags = { 524368: 'A1' };
    await modality.perform(gateway.dicomPort, [
      { create: step, elements: stepBegins({ studyInstanceUid: study, status: 'IN PROGRESS', accessionNumber: 'A1' }) },
      { store: await modality.image(study, first, tags) },
    ]);
    await gateway.kill();
    await gateway.run();
    await modality.perform(gateway.dicomPort, [
      { set: step, elements: stepEnds([first, second]) },
      { store: await modality.image(study, second, tags) },
    ]);
    const done = 'A1 registered  ACCESSION_NUMBER MPPS_COMPLETED,A2 ordered   ';
    await eventually('the exam is registered', async () => exams().join() === done, 60_000);
  });
});

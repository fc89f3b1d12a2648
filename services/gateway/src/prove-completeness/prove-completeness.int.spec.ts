import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MllpClient } from '@yinglian/hl7';
import { machineHas } from '@yinglian/testing';
import { Modality, newUid, stepBegins, stepEnds } from '../testing/modality.js';
import { PageClient, writeHospitalFile } from '../testing/page-client.js';
import { order } from '../testing/sample-messages.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';

jest.setTimeout(240_000);

const PASSWORD = 'an invented pass phrase';

(machineHas('pydicom') ? describe : describe.skip)('an exam, from the order to the province', () => {
  let gateway: TestGateway;
  let modality: Modality;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-completeness-'));
    const file = join(folder, 'hospital.json');
    await writeHospitalFile(file, PASSWORD);
    gateway = await TestGateway.start({ HOSPITAL_FILE: file });
    modality = await Modality.start();
  });
  afterAll(async () => {
    await gateway.stop();
    await modality.stop();
    await rm(folder, { recursive: true });
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

  it('is listed on the page and reported on demand, to who is signed in', async () => {
    const page = new PageClient(gateway);
    expect((await page.ask('GET', 'exams')).status).toBe(401);
    await page.signIn('qin', PASSWORD);
    const exam = { accessionNumber: 'A1', standing: 'met', gap: null };
    const listed = (await (await page.ask('GET', 'exams?state=registered')).json()) as { exams: { day: string }[] };
    expect(listed).toMatchObject({ exams: [exam], nextCursor: null });
    const day = listed.exams[0]?.day;
    const answer = (await (await page.ask('POST', 'exams/reconcile', { day })).json()) as { reports: object[] };
    expect(answer.reports).toMatchObject([
      { day, isVerified: true, exams: { registered: 1 }, deadlines: { met: 1 }, studies: 1, gaps: [] },
    ]);
    const told = async () =>
      (await gateway.events()).flatMap(({ type, data }) =>
        type === 'gateway.reported.v1' && data.day === day ? [data] : [],
      );
    await eventually('the report is told', async () => (await told()).length === 1);
    expect(await told()).toEqual(answer.reports);
    expect((await page.ask('POST', 'exams/reconcile', { day: 'yesterday' })).status).toBe(400);
  });

  it('is a gap when the province registered other bytes than were sent, and no instance is read of studies that are equal', async () => {
    const { province } = gateway;
    expect(province.instanceQuestions).toBe(0);
    await placeOrder('3', 'A3', 'P3');
    const [study, first, second] = [newUid(), newUid(), newUid()];
    province.registersOtherwise.set(second, 'f'.repeat(64));
    const files = await Promise.all([first, second].map((uid) => modality.image(study, uid, { 524368: 'A3' })));
    await modality.perform(gateway.dicomPort, [{ store: files[0] ?? '' }]);
    await gateway.kill();
    await gateway.run();
    await modality.perform(gateway.dicomPort, [{ store: files[1] ?? '' }]);
    const differs = 'A3 uploaded INSTANCES_DIFFER ACCESSION_NUMBER QUIET_AFTER_RELEASE';
    await eventually('the gap is seen', async () => exams()[2] === differs, 60_000);
    expect(province.instanceQuestions).toBe(1);
    const ledger = new DatabaseSync(join(gateway.folder, 'ledger.sqlite'), { readOnly: true });
    const found = ledger.prepare('SELECT differing_instances AS named FROM studies WHERE study_uid = ?').get(study);
    ledger.close();
    expect(found).toEqual({ named: JSON.stringify([second]) });
    province.registersOtherwise.clear();
    const done = 'A3 registered  ACCESSION_NUMBER QUIET_AFTER_RELEASE';
    await eventually('it is mended', async () => exams()[2] === done, 60_000);
    expect(province.instanceQuestions).toBe(1);
  });
});

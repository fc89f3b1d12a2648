import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MllpClient } from '@yinglian/hl7';
import { Modality, newUid } from '../testing/modality.js';
import { writeHospitalFile } from '../testing/page-client.js';
import { order, report } from '../testing/sample-messages.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';

jest.setTimeout(240_000);

const ACCESSION_NUMBER = 0x00080050;

describe('an exam whose images RIS has counted', () => {
  let gateway: TestGateway;
  let modality: Modality;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-counted-'));
    const file = join(folder, 'hospital.json');
    const senders = [{ application: 'RIS', fields: { imageCount: 'OBX(IMGNUM)-5' } }, {}];
    await writeHospitalFile(file, undefined, { hl7: { senders } });
    gateway = await TestGateway.start({ HOSPITAL_FILE: file, STUDY_UNFINISHED_MS: '1500' });
    modality = await Modality.start();
  });
  afterAll(async () => {
    await gateway.stop();
    await modality.stop();
    await rm(folder, { recursive: true });
  });

  const hear = async (message: string) => {
    const sender = await MllpClient.connect(gateway.hl7Port);
    const answer = await sender.send(Buffer.from(message));
    sender.close();
    expect(answer.toString()).toMatch(/MSA\|AA/);
  };
  const counted = (accession: string, images: number) =>
    report(['OBX|1|TX|1^所见||正常', `OBX|2|NM|IMGNUM^图像数||${images}`], {
      accession,
      placer: `P${accession}`,
      filler: `F${accession}`,
    });
  const send = async (accession: string, study: string, images: number) => {
    const files = await Promise.all(
      Array.from({ length: images }, () => modality.image(study, newUid(), { [ACCESSION_NUMBER]: accession })),
    );
    expect((await gateway.storescu(files)).code).toBe(0);
  };
  /** State and gap of the exam, which was performed long ago and is late anyway; reason, confidence, expected and missing of its study. */
  const standing = (accession: string): string => {
    const ledger = new DatabaseSync(join(gateway.folder, 'ledger.sqlite'), { readOnly: true });
    const row = ledger
      .prepare(
        `SELECT p.state, nullif(p.gap, 'LATE') AS gap, s.reason, s.confidence, s.expected, s.missing
         FROM exam_progress p JOIN exams e USING (exam_id) LEFT JOIN studies s USING (exam_id)
         WHERE e.accession_number = ?`,
      )
      .get(accession);
    ledger.close();
    return Object.values(row ?? {}).join(' ');
  };
  const told = async (study: string) =>
    (await gateway.events()).flatMap(({ type, data }) =>
      type === 'study.received.v2' && data.studyInstanceUid === study
        ? [[data.reason, data.instances, data.expected, data.missing].join(' ')]
        : [],
    );

  it('is complete by that count when so many are here, and the province hears so', async () => {
    const study = newUid();
    await hear(order({ accession: 'C1', placer: 'PC1' }));
    await hear(counted('C1', 3));
    await send('C1', study, 3);
    await eventually('it is registered', async () => standing('C1') === 'registered  RIS_COUNT likely 3 0', 60_000);
    await eventually('it is told', async () => (await told(study)).includes('RIS_COUNT 3 3 0'));
  });

  it('lacks images when one fewer came, until that one comes too', async () => {
    const study = newUid();
    await hear(counted('C2', 3));
    await send('C2', study, 2);
    const lacking = 'registered INSTANCES_MISSING QUIET_TIME doubtful 3 1';
    await eventually('one is missing', async () => standing('C2') === lacking, 60_000);
    expect(await told(study)).toContain('QUIET_TIME 2 3 1');
    await send('C2', study, 1);
    await eventually('none is missing', async () => standing('C2') === 'registered  RIS_COUNT likely 3 0', 60_000);
  });

  it('is judged again by a count that comes after its images, and by a corrected one', async () => {
    const study = newUid();
    await send('C3', study, 2);
    await eventually('it is complete', async () => (await told(study)).includes('QUIET_AFTER_RELEASE 2  0'));
    await hear(counted('C3', 4));
    const lacking = 'registered INSTANCES_MISSING QUIET_TIME doubtful 4 2';
    await eventually('two are missing', async () => standing('C3') === lacking, 60_000);
    await hear(counted('C3', 2));
    await eventually('none is missing', async () => standing('C3') === 'registered  RIS_COUNT likely 2 0', 60_000);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MllpClient } from '@yinglian/hl7';
import { Ledger } from '../ledger/ledger.js';
import type { ExamPage } from '../prove-completeness/list-exams.handler.js';
import type { GatewayStatus } from '../show-status/gateway-status.js';
import { ListedJoinStore } from '../storage/listed-join.store.js';
import { Modality, newUid } from '../testing/modality.js';
import { PageClient, writeHospitalFile } from '../testing/page-client.js';
import { order } from '../testing/sample-messages.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';
import type { ListedJoins } from './listed-joins.js';

jest.setTimeout(240_000);

const PASSWORD = 'an invented pass phrase';
const [ACCESSION_NUMBER, STUDY_DESCRIPTION] = [0x00080050, 0x00081030];

describe('a study that may belong to two exams', () => {
  let gateway: TestGateway;
  let modality: Modality;
  let folder: string;
  let page: PageClient;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-joins-'));
    const file = join(folder, 'hospital.json');
    await writeHospitalFile(file, PASSWORD);
    gateway = await TestGateway.start({ HOSPITAL_FILE: file });
    modality = await Modality.start();
    page = new PageClient(gateway);
  });
  afterAll(async () => {
    await gateway.stop();
    await modality.stop();
    await rm(folder, { recursive: true });
  });

  const list = async (which: string) =>
    ((await (await page.ask('GET', `joins?which=${which}`)).json()) as ListedJoins).joins;
  const decide = (study: string, examId: unknown) => page.ask('POST', `joins/${study}/decision`, { examId });
  const exams = async () => {
    const { exams: listed } = (await (await page.ask('GET', 'exams')).json()) as ExamPage;
    return listed.map(({ placerOrderNumber, state, studies }) =>
      [placerOrderNumber, state, ...studies.map(({ joinRule }) => joinRule)].join(' '),
    );
  };
  const counts = async () => ((await (await page.ask('GET', 'status')).json()) as GatewayStatus).joins;

  const study = newUid();
  let first: number;
  let second: number;

  it('is listed with what tells the exams apart and nothing of the patient, to who is signed in', async () => {
    expect((await page.ask('GET', 'joins')).status).toBe(401);
    expect((await decide(study, null)).status).toBe(401);
    await page.signIn('qin', PASSWORD);
    const sender = await MllpClient.connect(gateway.hl7Port);
    for (const placer of ['P1', 'P2']) await sender.send(Buffer.from(order({ accession: 'J1', placer })));
    sender.close();
    const tags = { [ACCESSION_NUMBER]: 'J1', [STUDY_DESCRIPTION]: 'Chest' };
    expect((await gateway.storescu([await modality.image(study, newUid(), tags)])).code).toBe(0);
    await eventually('the study is listed', async () => (await list('undecided')).length === 1);
    await eventually('it is counted', async () => (await list('undecided'))[0]?.received === 1);
    const [listed] = await list('undecided');
    const exam = {
      examId: expect.any(Number),
      accessionNumber: 'J1',
      fillerOrderNumber: null,
      itemName: '胸部CT平扫',
      modality: 'CT',
      bodyPart: null,
      department: 'RES',
      orderedAt: '2026-11-24T02:00:00.000Z',
      performedAt: null,
      isCancelled: false,
      imageCount: null,
      studies: 0,
      isSamePatient: true,
    };
    expect(listed).toEqual({
      studyInstanceUid: study,
      kind: 'ambiguous',
      accessionNumber: 'J1',
      modality: 'CT',
      studyDate: expect.any(String),
      studyTime: expect.any(String),
      description: 'Chest',
      firstAt: expect.stringMatching(/Z$/),
      received: 1,
      decidedAt: null,
      decidedBy: null,
      decidedExamId: null,
      candidates: [
        { ...exam, placerOrderNumber: 'P1' },
        { ...exam, placerOrderNumber: 'P2' },
      ],
    });
    expect(JSON.stringify(listed)).not.toMatch(/ZY1|沈|清秋/);
    expect(await counts()).toEqual({ undecided: 1, decided: 0 });
    [first = 0, second = 0] = listed?.candidates.map(({ examId }) => examId) ?? [];
  });

  it('belongs to none but one of these', async () => {
    expect((await decide(study, 9_999)).status).toBe(409);
    expect((await decide(newUid(), first)).status).toBe(404);
    expect((await decide('a-study', first)).status).toBe(400);
    expect((await decide(study, 'first')).status).toBe(400);
    expect(await exams()).toEqual(['P2 ordered', 'P1 ordered']);
  });

  it('belongs to the one that a person chooses, through kills and further messages, and to another when they say so', async () => {
    expect((await decide(study, second)).status).toBe(204);
    await gateway.kill();
    await gateway.run();
    await page.signIn('qin', PASSWORD);
    const chosen = async () => (await exams()).join() === 'P2 registered PERSON,P1 ordered';
    await eventually('the chosen exam has it', chosen, 60_000);
    const sender = await MllpClient.connect(gateway.hl7Port);
    await sender.send(Buffer.from(order({ accession: 'J1', placer: 'P2', control: 'CA' })));
    sender.close();
    const cancelled = async () => (await list('decided'))[0]?.candidates[1]?.isCancelled === true;
    await eventually('it is cancelled', cancelled);
    expect(await chosen()).toBe(true);
    expect(await counts()).toEqual({ undecided: 0, decided: 1 });
    const [decided] = await list('decided');
    expect(decided).toMatchObject({ kind: 'joined', decidedBy: 'qin', decidedExamId: second });
    expect((await decide(study, first)).status).toBe(204);
    await eventually('the other exam has it', async () => (await exams())[1] === 'P1 registered PERSON');
    expect((await decide(study, null)).status).toBe(204);
    await eventually('no exam has it', async () => (await exams()).every((exam) => !exam.includes('PERSON')));
    expect(await list('undecided')).toEqual([]);
  });

  it('is in the record of actions, by who decided and how', () => {
    const ledger = new DatabaseSync(join(gateway.folder, 'ledger.sqlite'), { readOnly: true });
    const actions = ledger
      .prepare(
        "SELECT username || ' ' || target AS said FROM operator_actions WHERE action = 'join.decide' ORDER BY id",
      )
      .all()
      .map(({ said }) => said);
    ledger.close();
    expect(actions.slice(-3)).toEqual([second, first, 'none'].map((exam) => `qin ${study} ${exam}`));
  });
});

describe('the questions for such studies', () => {
  it('are answered from indexes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-join-plans-'));
    const ledger = await Ledger.open(folder);
    const plans = new ListedJoinStore(ledger).plans();
    expect(plans).toHaveLength(5);
    expect(plans.slice(0, 4).join()).not.toMatch(/TEMP B-TREE/);
    expect(plans.join()).not.toMatch(/SCAN (s|e|o)\b(?! USING INDEX studies_undecided)/);
    await ledger.close();
    await rm(folder, { recursive: true });
  });
});

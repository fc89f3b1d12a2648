import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LinkPatientsHandler } from '../link-patients/link-patients.handler.js';
import { takeNewcomers } from '../storage/newcomer.store.js';
import { type Observed, observed, PatientIndexService } from '../testing/patient-index-service.js';
import { AskAboutNewcomersHandler } from './ask-about-newcomers.handler.js';
import { AskAboutNewcomersWorker } from './ask-about-newcomers.worker.js';

describe('of newcomers it is asked who may be the same person', () => {
  let index: PatientIndexService;
  beforeAll(async () => {
    index = await PatientIndexService.start();
    await index.service.app.get(AskAboutNewcomersWorker).onModuleDestroy();
  });
  afterAll(() => index.stop());

  const link = (patients: Observed[], beforeCommit = async () => {}) =>
    index.database.transaction(async (tx) => {
      await index.service.app.get(LinkPatientsHandler).execute(tx, patients, new Date());
      await beforeCommit();
    });
  const ask = (now = new Date()) => index.service.app.get(AskAboutNewcomersHandler).execute(now);
  const askAboutAll = async () => {
    while (await ask());
  };
  const questionsAbout = async (...patients: Observed[]) => {
    const ids = patients.map(({ patient }) => patient.id);
    const rows = await index.database.query<{ pair: string[] }>(
      `SELECT ARRAY[c.local_id, p.local_id] AS pair FROM conflicts c JOIN patients p ON p.home_id = c.other_person_id
       WHERE c.local_id = ANY ($1) ORDER BY 1`,
      [ids],
    );
    return rows.map(({ pair }) => pair.map((id) => ids.indexOf(id)));
  };
  /** A name that is new is written by one transaction after the other: they would not run side by side. */
  const makeKnown = (pn: string) => link([observed('H003', { pn, birthDate: '19221111', sex: 'M' })]);
  const alike = (pn: string) => {
    const same = { pn, birthDate: '19700415', sex: 'F' };
    return [observed('H001', same), observed('H002', same)] as const;
  };

  it('when they came in the same instant and did not see one another', async () => {
    await makeKnown('欧阳^靖');
    const [a, b] = alike('欧阳^靖');
    const bothLinked = Promise.withResolvers<void>();
    let linked = 0;
    const meet = () => {
      linked += 1;
      if (linked === 2) bothLinked.resolve();
      return bothLinked.promise;
    };
    await Promise.all([link([a], meet), link([b], meet)]);
    await askAboutAll();
    expect(await questionsAbout(a, b)).toHaveLength(1);
  });

  it('when the one who came first is committed last', async () => {
    await makeKnown('上官^婉');
    const [first, second] = alike('上官^婉');
    await link([first], async () => {
      await link([second]);
      await askAboutAll();
      expect(await questionsAbout(first, second)).toEqual([]);
    });
    await askAboutAll();
    expect(await questionsAbout(first, second)).toEqual([[0, 1]]);
  });

  it('once when they came in one batch', async () => {
    const [a, b] = alike('诸葛^亮');
    await link([a, b]);
    await askAboutAll();
    expect(await questionsAbout(a, b)).toEqual([[1, 0]]);
  });

  it('of some at a time, and of each pair once', async () => {
    const everybody = Array.from({ length: 230 }, () => observed('H001', { pn: '司徒^南', birthDate: '19510203' }));
    const [first, last] = alike('令狐^冲');
    await link([first, ...everybody, last]);
    expect([await ask(), await ask(), await ask()]).toEqual([200, 32, 0]);
    expect(await questionsAbout(first, last)).toEqual([[1, 0]]);
  });

  it('by one process at a time; what one took and lost is there again', async () => {
    const [a, b] = alike('端木^蕻');
    await link([a, b]);
    const lost = index.database.transaction(async (tx) => {
      expect(await takeNewcomers(tx, new Date(), 10)).toHaveLength(2);
      expect(await ask()).toBeNull();
      throw new Error('lost');
    });
    await expect(lost).rejects.toThrow('lost');
    expect(await ask()).toBe(2);
    expect(await questionsAbout(a, b)).toEqual([[1, 0]]);
  });

  it('also while of one of them it cannot be asked, who is tried again an hour later', async () => {
    const [before, held, behind] = [alike('西门^豹'), alike('东方^朔'), alike('百里^奚')];
    const [, failing] = held;
    await link([...before, ...held, ...behind]);
    await index.database.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF NEW.local_id = '${failing.patient.id}' THEN RAISE 'a defect of ours'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON conflicts FOR EACH ROW EXECUTE FUNCTION refuse();`);
    let turns = 0;
    for (let asked: number | null = null; asked !== 0; turns += 1) asked = await ask().catch(() => null);
    expect(turns).toBeLessThan(20);
    expect(await Promise.all([before, held, behind].map((pair) => questionsAbout(...pair)))).toEqual([
      [[1, 0]],
      [],
      [[1, 0]],
    ]);
    await index.database.query('DROP TRIGGER refuse ON conflicts');
    expect([await ask(), await ask(new Date(Date.now() + 61 * 60_000))]).toEqual([0, 1]);
    expect(await questionsAbout(...held)).toEqual([[1, 0]]);
  });

  it('soon after, by itself', async () => {
    const [a, b] = alike('公孙^胜');
    await link([a, b]);
    const worker = new AskAboutNewcomersWorker(index.service.app.get(AskAboutNewcomersHandler));
    worker.onApplicationBootstrap();
    for (let looks = 0; (await questionsAbout(a, b)).length === 0 && looks < 100; looks += 1) await sleep(50);
    await worker.onModuleDestroy();
    expect(await questionsAbout(a, b)).toEqual([[1, 0]]);
  });
});

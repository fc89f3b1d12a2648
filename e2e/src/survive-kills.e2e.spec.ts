import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CtSeries, ctSeries, DicomWebClient, firstValue, type Province, startProvince } from '@yinglian/testing';
import { hospitalOf, returnedHashes, sentHashes, untilComplete } from './main-job.js';
import { filesOf, storescu } from './send-files.js';

const SLICES = 400;

/** A storescu on its way, that says how many instances were acknowledged so far. */
function sending(target: { dicomPort: number; aeTitle: string }, paths: readonly string[]) {
  const child = spawn('storescu', ['-v', '-aec', target.aeTitle, '127.0.0.1', String(target.dicomPort), ...paths]);
  let acknowledged = 0;
  let waiting: { count: number; reached: () => void } | undefined;
  child.stderr.on('data', (text: Buffer) => read(text));
  child.stdout.on('data', (text: Buffer) => read(text));
  function read(text: Buffer) {
    acknowledged += text.toString().match(/Received Store Response \(Success\)/g)?.length ?? 0;
    if (waiting !== undefined && acknowledged >= waiting.count) waiting.reached();
  }
  const ended = once(child, 'exit');
  return {
    untilAcknowledged: (count: number) =>
      Promise.race([
        ended,
        new Promise<void>((reached) => {
          waiting = { count, reached };
          if (acknowledged >= count) reached();
        }),
      ]),
    async end(): Promise<{ acknowledged: number }> {
      await ended;
      return { acknowledged };
    },
  };
}

describe('SIGKILL in the middle of a transfer of 400 slices', () => {
  let province: Province;
  beforeAll(async () => {
    province = await startProvince();
  }, 180_000);
  afterAll(() => province.stop(), 60_000);

  const transfer = async (victim: string): Promise<{ series: CtSeries; acknowledged: number }> => {
    const series = ctSeries(SLICES);
    const files = await filesOf(series);
    try {
      const client = sending(hospitalOf(province, 'H001'), files.paths);
      await client.untilAcknowledged(SLICES / 2);
      await province.kill(victim);
      const { acknowledged } = await client.end();
      // What was not acknowledged is still with the sender, who sends again; what was acknowledged must be a duplicate.
      if (acknowledged < SLICES) await sendAgain(files.paths);
      return { series, acknowledged };
    } finally {
      await files.remove();
    }
  };

  const sendAgain = async (paths: readonly string[]) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await storescu(hospitalOf(province, 'H001'), paths);
      } catch (error) {
        if (attempt === 50) throw error;
        await new Promise((wait) => setTimeout(wait, 200));
      }
    }
  };

  it.each(['study-registry', 'patient-index', 'consent-audit', 'directory', 'portal', 'postgresql'])(
    'of %s loses nothing, doubles nothing, and never stops the hospital from sending',
    async (victim) => {
      const { series, acknowledged } = await transfer(victim);
      expect(acknowledged).toBe(SLICES);
      expect((await untilComplete(province, 'dr.lin', series)).instances).toBe(SLICES);
      expect(await returnedHashes(province, 'dr.lin', series)).toEqual(sentHashes(series));
    },
    180_000,
  );

  it('of the gateway loses nothing that was acknowledged and doubles nothing', async () => {
    const { series, acknowledged } = await transfer('gateway-H001');
    expect(acknowledged).toBeGreaterThanOrEqual(SLICES / 2);
    expect((await untilComplete(province, 'dr.lin', series)).instances).toBe(SLICES);
    expect(await returnedHashes(province, 'dr.lin', series)).toEqual(sentHashes(series));
  }, 180_000);

  it('of the gateway leaves every acknowledged instance to be found without being sent again', async () => {
    const series = ctSeries(SLICES);
    const files = await filesOf(series);
    try {
      const client = sending(hospitalOf(province, 'H001'), files.paths);
      await client.untilAcknowledged(SLICES / 2);
      await province.kill('gateway-H001');
      const { acknowledged } = await client.end();
      const dicomWeb = new DicomWebClient(province.endpoints.dicomweb, await province.token('dr.lin'));
      const deadline = Date.now() + 60_000;
      let registered = 0;
      while (registered < acknowledged && Date.now() < deadline) {
        const [study] = await dicomWeb.find(`/studies?StudyInstanceUID=${series.studyInstanceUid}`).catch(() => []);
        registered = Number(firstValue(study, '00201208') ?? 0);
        await new Promise((wait) => setTimeout(wait, 100));
      }
      expect(registered).toBeGreaterThanOrEqual(acknowledged);
    } finally {
      await files.remove();
    }
  }, 180_000);
});

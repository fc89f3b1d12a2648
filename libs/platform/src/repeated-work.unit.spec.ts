import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { RepeatedWork } from './repeated-work.js';

describe('work that is repeated', () => {
  it('goes on after a turn that failed, and says a problem once until a turn goes well', async () => {
    const outcomes = ['away', 'away', 'full', '', 'full'];
    const said: string[] = [];
    let turns = 0;
    const work = new RepeatedWork(
      async () => {
        const outcome = outcomes[turns];
        turns += 1;
        if (outcome) throw new Error(outcome);
        return outcome === undefined ? 60_000 : 0;
      },
      { restMs: 1, say: (problem) => said.push(problem) },
    );
    work.start();
    while (turns <= outcomes.length) await pause(1);
    await work.stop();
    expect(said).toEqual(['Error: away', 'Error: full', 'Error: full']);
  });

  it('takes one turn at a time, and has stopped when that has ended; what it breaks by stopping is no problem', async () => {
    const said: string[] = [];
    let underWay = 0;
    let ended = false;
    const work = new RepeatedWork(
      async (signal) => {
        underWay += 1;
        if (underWay > 1) throw new Error('Two at once');
        await pause(60_000, undefined, { signal }).catch(() => pause(5));
        underWay -= 1;
        ended = true;
        throw new Error('broken off');
      },
      { restMs: 60_000, say: (problem) => said.push(problem) },
    );
    work.start();
    await work.stop();
    expect([ended, said]).toEqual([true, []]);
  });

  it('need not have started to be stopped', async () => {
    await expect(new RepeatedWork(async () => 0, { restMs: 0, say: () => {} }).stop()).resolves.toBeUndefined();
  });
});

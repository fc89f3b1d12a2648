import { describe, expect, it } from '@jest/globals';
import { ReceptionFirst } from './reception-first.js';

describe('an upload’s turn', () => {
  const never = new AbortController().signal;
  const isOver = async (turn: Promise<void>) =>
    Promise.race([turn.then(() => true), new Promise((resolve) => setImmediate(() => resolve(false)))]);

  it('comes at once while nothing is received', async () => {
    expect(await isOver(new ReceptionFirst().turn(never))).toBe(true);
  });

  it('comes when reception has paused', async () => {
    const reception = new ReceptionFirst();
    reception.received('C-STORE');
    const turn = reception.turn(never);
    expect(await isOver(turn)).toBe(false);
    await turn;
  });

  it('comes also when reception never pauses', async () => {
    const reception = new ReceptionFirst();
    const receiving = setInterval(() => reception.received('C-STORE'), 1);
    reception.received('C-STORE');
    await reception.turn(never);
    clearInterval(receiving);
  });

  it('ends when the gateway stops', async () => {
    const reception = new ReceptionFirst();
    reception.received('C-STORE');
    const stopping = new AbortController();
    const turn = reception.turn(stopping.signal);
    stopping.abort();
    await turn;
  });
});

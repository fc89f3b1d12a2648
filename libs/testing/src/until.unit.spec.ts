import { expect, it } from '@jest/globals';
import { until } from './until.js';

it('asks until it is so, and takes what throws for not so yet', async () => {
  const answers = [() => false, () => Promise.resolve(false), () => Promise.reject(new Error('not yet')), () => true];
  let asked = 0;
  await until(() => answers[asked++]?.() ?? false);
  expect(asked).toBe(4);
});

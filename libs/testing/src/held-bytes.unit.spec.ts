import { expect, it } from '@jest/globals';
import { heldBytes } from './held-bytes.js';

const MIB = 1024 * 1024;

it('counts a buffer that somebody refers to, and none that is only not collected yet', () => {
  const before = heldBytes();
  const kept = Buffer.alloc(32 * MIB);
  for (let at = 0; at < 8; at += 1) Buffer.alloc(32 * MIB);
  const held = heldBytes() - before;
  expect(Math.abs(held - kept.length)).toBeLessThan(MIB);
});

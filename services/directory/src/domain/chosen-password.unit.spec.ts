import { describe, expect, it } from '@jest/globals';
import { whyNotChosen } from './chosen-password.js';

describe('a password that somebody chooses', () => {
  it.each([
    ['short.one', 'short.one', 'length'],
    ['x'.repeat(129), 'x'.repeat(129), 'length'],
    ['P.4821093716', 'P.4821093716', 'name'],
    ['一二三四五六七八九十', '一二三四五六七八九', 'differs'],
    ['一二三四五六七八九十', '一二三四五六七八九十', null],
  ])('%s, typed again as %s: %s', (password, again, refused) => {
    expect(whyNotChosen({ password, again }, 'p.4821093716')).toBe(refused);
  });
});

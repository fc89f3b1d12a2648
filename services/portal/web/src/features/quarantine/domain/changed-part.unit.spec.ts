import { describe, expect, it } from '@jest/globals';
import { changedPart } from './changed-part.js';

describe('the changed part of a text', () => {
  it.each([
    ['周^雨桐=', '周^雨彤=', ['周^雨', '桐', '=']],
    ['ZHANG', 'ZHANG SAN', ['ZHANG', '', '']],
    ['ZHANG SAN', 'ZHANG', ['ZHANG', ' SAN', '']],
    ['aa', 'a', ['a', 'a', '']],
    ['𠮷田', '𠮾田', ['', '𠮷', '田']],
    ['same', 'same', ['same', '', '']],
    ['', 'x', ['', '', '']],
  ])('of %j beside %j is %j', (text, other, [before, changed, after]) => {
    expect(changedPart(text, other)).toEqual({ before, changed, after });
  });
});

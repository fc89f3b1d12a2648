import { expect, it } from '@jest/globals';
import { writeEncapsulated } from './write-encapsulated.js';

it('says where each frame begins, from the first one’s item on', () => {
  const { begin, fragment, end } = writeEncapsulated([3, 4, 1], true);
  expect(
    [begin, end, fragment(3).head, fragment(3).padding, fragment(4).padding].map((each) => each.toString('hex')),
  ).toEqual([
    `e07f10004f420000ffffffff${'feff00e00c000000'}000000000c00000018000000`,
    'feffdde000000000',
    'feff00e004000000',
    '00',
    '',
  ]);
});

it('has an empty table where nothing is to be told apart', () => {
  expect(writeEncapsulated([3], false).begin.toString('hex')).toBe('e07f10004f420000fffffffffeff00e000000000');
});

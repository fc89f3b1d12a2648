import { hanIn, latinIn, MOST_CHARACTERS, unify } from '@yinglian/names';
import { groupsOf, type ObservedName } from '../person-name.js';
import { type Flag, flagIf } from './flags.js';
import { nobodyIn } from './names-of-nobody.js';

// Columns of old systems, in characters; in bytes of GBK they are twice as many.
const CUT_AT = [10, 15, 16, 20];

/** What is wrong with a name as it was written, but for newborns. */
export function nameFlags(name: ObservedName): Flag[] {
  const groups = groupsOf(name);
  const texts = groups.map(unify);
  return [
    ...flagIf(groups.some(isTooLong), 'NAME_TOO_LONG'),
    ...flagIf(texts.some(isTruncated), 'NAME_TRUNCATED'),
    ...flagIf(
      texts.some((text) => text.includes('?') || hanIn(text).includes('?')),
      'NAME_LOST_CHARACTERS',
    ),
    ...flagIf(name.charsetGuessed, 'CHARSET_GUESSED'),
    ...texts.flatMap((text) => nobodyIn(hanIn(text), latinIn(text)) ?? []),
  ];
}

const isTooLong = (group: string): boolean => Array.from(group).length > MOST_CHARACTERS;

/** Only names with a dot are so long. Half a character, or the dot itself, is where a column of bytes ended. */
function isTruncated(text: string): boolean {
  const written = text.replace(/[\s^]/g, '');
  if (!/\p{Script=Han}.*·/u.test(written)) return Array.from(text).length === MOST_CHARACTERS;
  return CUT_AT.includes(Array.from(written).length) || /[·?]$/.test(written);
}

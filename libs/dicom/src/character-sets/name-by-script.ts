import type { PersonName } from './person-name.js';

type Kind = keyof PersonName;

interface Spelling {
  readonly place: Kind;
  readonly kind: Kind;
  readonly text: string;
}

const HAN = /\p{Script=Han}/u;
const LATIN = /\p{Script=Latin}/u;
/** Letters beside Chinese, at least two, with what belongs to them: 王小东(WANG XIAODONG). One may be a twin's: 李娜之子A. */
const LETTERS = /(?:\p{Script=Latin}[\p{M}'’.\- ^]*){2,}/gu;

/**
 * A name's spellings called what they are, wherever the device put them: Chinese in the first group, pinyin in the second,
 * both in one. Other scripts stay where they are. Of two spellings of a kind the one in its own place counts.
 */
export function nameByScript(placed: PersonName): PersonName {
  const spellings = (['alphabetic', 'ideographic', 'phonetic'] as const).flatMap((place) => spellingsIn(placed, place));
  const atHome = spellings.filter(({ kind, place }) => kind === place);
  const moved = spellings.filter(({ kind, place }) => kind !== place);
  const found: { [K in Kind]?: string } = {};
  for (const { kind, text } of [...atHome, ...moved]) found[kind] ??= text;
  // Pinyin as the third group of a name that has it as its first one too.
  for (const { place, text } of moved) if (place === 'phonetic' && found.alphabetic !== text) found.phonetic ??= text;
  return found;
}

function spellingsIn(name: PersonName, place: Kind): Spelling[] {
  const text = name[place];
  if (text === undefined) return [];
  if (!HAN.test(text)) return [{ place, kind: LATIN.test(text) ? 'alphabetic' : place, text }];
  const han = trimmed(text.replace(LETTERS, ' '));
  const letters = (text.match(LETTERS) ?? []).map(trimmed).join(' ');
  return [
    { place, kind: 'ideographic' as const, text: letters === '' ? text : han },
    ...(letters === '' ? [] : [{ place, kind: 'alphabetic' as const, text: letters }]),
  ];
}

const trimmed = (text: string) =>
  text
    .replace(/[()（）[\]【】]/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s^]+|[\s^]+$/g, '');

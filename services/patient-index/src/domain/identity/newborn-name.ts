/** A name that stands for a child without one. */
export interface NewbornName {
  /** Who the child is said to be of; empty when that is not said. */
  readonly mother: string;
  /** Which of several, as the name says. */
  readonly birthOrder: number | null;
  readonly multiple: boolean;
  /** Otherwise grown people have such names too: it holds for who is not a year old. */
  readonly certain: boolean;
}

const CERTAIN_HAN =
  /^([\p{Script=Han}·?]{2,}?)(之(子|女|婴|双|宝)|之[一二三四大小长次](子|女|(?![\p{Script=Han}]))|婴儿|[男女]婴|新生儿|[双三四多]胞胎)/u;
/** Sophie Müller之女: the mother is no Chinese. */
const OF_LETTERS = /^(\p{Script=Latin}[^\p{Script=Han}]+)(?=之(子|女|婴))/u;
const CERTAIN_HAN_FIRST = /^(婴儿|新生儿|[双三四多]胞胎)/;
const PERHAPS_HAN = /^(\p{Script=Han}{2,}?)(婴|[长次][子女]|[大小]双|宝宝|毛毛|[A-D])$/u;
const CERTAIN_LATIN =
  /^(?:baby|bb|infant|newborn|b\/o)\s*(?:(?:boy|girl)\s*)?(?:of|\/o)\s+(.+)$|(?:^|[\s^])(?:newborn|neonate|baby\s?(?:boy|girl))(?=$|[\s^])|^b\/o\s+(.+)$/i;
const PERHAPS_LATIN = /(?:^|[\s^])(?:baby|infant|bb|nb)(?=$|[\s^])|^[a-z\s^]{4,}zhi[\s^]?(?:zi|nv|nu|nü)[\s^]?[a-d]?$/i;
const MULTIPLE = /[双三四多]胞胎|之双|[大小]双|双[大小]|twin|triplet/i;
/** Which one, at the end: 王芳之子A, 王芳双胞胎(大), 王芳大双. */
const ORDER = /([A-D甲乙丙丁一二三四大中小]|(?<![\d床])[1-4])双?$/i;
const ORDERS: Readonly<Record<string, number>> = {
  A: 1,
  B: 2,
  C: 3,
  D: 4,
  甲: 1,
  乙: 2,
  丙: 3,
  丁: 4,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  1: 1,
  2: 2,
  3: 3,
  4: 4,
  大: 1,
  中: 2,
};

/** Reads 王芳之子, 王芳之女A, 王芳双胞胎(小), BABY OF WANG FANG. Null of a name that may be the child's own. */
export function readNewbornName(text: string): NewbornName | null {
  const name = text.replace(/\d+床/g, '').trim();
  const [, foreigner] = OF_LETTERS.exec(name) ?? [];
  if (foreigner !== undefined) {
    return { mother: spaced(foreigner), ...orderIn(name.slice(foreigner.length)), certain: true };
  }
  return /\p{Script=Han}/u.test(name) ? inHan(name.replace(/[\s^()]/g, '')) : inLatin(name);
}

function inHan(name: string): NewbornName | null {
  const [, certain] = CERTAIN_HAN.exec(name) ?? [];
  if (certain !== undefined) return { mother: certain, ...orderIn(name.slice(certain.length)), certain: true };
  if (CERTAIN_HAN_FIRST.test(name)) return { mother: '', ...orderIn(name), certain: true };
  const [, perhaps] = PERHAPS_HAN.exec(name) ?? [];
  return perhaps === undefined ? null : { mother: perhaps, ...orderIn(name.slice(perhaps.length)), certain: false };
}

function inLatin(name: string): NewbornName | null {
  const certain = CERTAIN_LATIN.exec(name);
  if (certain === null && !PERHAPS_LATIN.test(name)) return null;
  const mother = spaced(certain?.[1] ?? certain?.[2] ?? '');
  return { mother, birthOrder: null, multiple: MULTIPLE.test(name), certain: certain !== null };
}

function orderIn(rest: string): { birthOrder: number | null; multiple: boolean } {
  const [, sign = ''] = ORDER.exec(rest) ?? [];
  const birthOrder = sign === '小' ? (/三胞胎/.test(rest) ? 3 : 2) : (ORDERS[sign.toUpperCase()] ?? null);
  return { birthOrder, multiple: birthOrder !== null || MULTIPLE.test(rest) };
}

const spaced = (text: string): string => text.replace(/[\s^]+/g, ' ').trim();

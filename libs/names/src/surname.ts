import { foldVariants } from './han-variants.js';
import { hanIn, latinIn, unify } from './name-text.js';

/** Component groups of a name (PS3.5 6.2.1.2), as a device or a message has them. */
export interface StatedName {
  readonly ideographic?: string | undefined;
  readonly alphabetic?: string | undefined;
  readonly phonetic?: string | undefined;
}

/** Surnames of two characters that are in use. */
const OF_TWO = new Set(
  (
    '欧阳 司马 上官 诸葛 尉迟 司徒 皇甫 慕容 令狐 长孙 宇文 公孙 轩辕 东方 夏侯 独孤 南宫 西门 端木 百里 呼延 赫连 澹台 淳于 单于 ' +
    '太史 申屠 仲孙 钟离 公冶 宗政 濮阳 鲜于 闾丘 司空 亓官 东郭 南门 拓跋 第五 万俟 闻人'
  ).split(' '),
);

/** The family's name, to compare: in characters where there are any, otherwise in small letters. Null where it is not told from the given one. */
export function surnameOf({ ideographic, alphabetic, phonetic }: StatedName): string | null {
  const groups = [ideographic, alphabetic, phonetic].flatMap((group) => (group ? [unify(group)] : []));
  const written = groups.find((group) => hanIn(group) !== '');
  if (written !== undefined) return hanSurname(written);
  const [family = '', given = ''] = groups.find((group) => group.includes('^'))?.split('^') ?? [];
  return latinIn(given).length === 0 ? null : latinIn(family).join('') || null;
}

function hanSurname(written: string): string | null {
  const [family = '', given = ''] = written.split('^');
  const apart = hanIn(given) === '' ? '' : hanIn(family);
  const whole = foldVariants(apart || hanIn(written));
  // 买买提·艾力: the name of a father is no surname.
  if (whole.includes('·') || whole.includes('?')) return null;
  if (apart !== '') return whole;
  return OF_TWO.has(whole.slice(0, 2)) && whole.length > 2 ? whole.slice(0, 2) : whole.slice(0, 1);
}

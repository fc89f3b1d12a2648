import type { HumanName } from '@yinglian/fhir';

const REPRESENTATION = 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation';

/** Surnames of two characters; the commonest of them, and those whose first character is a surname too. */
const COMPOUND_SURNAMES = new Set(
  '欧阳 歐陽 太史 端木 上官 司马 司馬 东方 東方 独孤 獨孤 南宫 南宮 万俟 闻人 聞人 夏侯 诸葛 諸葛 尉迟 尉遲 公羊 赫连 赫連 澹台 皇甫 宗政 濮阳 濮陽 公冶 太叔 申屠 公孙 公孫 慕容 仲孙 钟离 鍾離 长孙 長孫 宇文 司徒 鲜于 鮮于 司空 闾丘 令狐 百里 呼延 东郭 東郭 南门 轩辕 軒轅 第五'.split(
    ' ',
  ),
);

/** A name as it is shown: in characters (ideographic), or spelled in letters (alphabetic). */
export function humanName(text: string, use: NonNullable<HumanName['use']>): HumanName {
  const isHan = /\p{Script=Han}/u.test(text);
  const { family, given } = isHan ? partsOfHan(text) : partsOfLatin(text);
  return {
    extension: [{ url: REPRESENTATION, valueCode: isHan ? 'IDE' : 'ABC' }],
    use,
    text,
    ...(family === '' ? {} : { family }),
    ...(given.length === 0 ? {} : { given: [...given] }),
  };
}

/** A surname has one character, or is one of the compound ones; names with a middle dot have parts, and no surname. */
export function partsOfHan(text: string): { readonly family: string; readonly given: readonly string[] } {
  if (text.includes('·')) return { family: '', given: [] };
  const characters = [...text];
  const length = characters.length > 2 && COMPOUND_SURNAMES.has(characters.slice(0, 2).join('')) ? 2 : 1;
  const given = characters.slice(length).join('');
  return { family: characters.slice(0, length).join(''), given: given === '' ? [] : [given] };
}

/** As devices write it, the family name first (PS3.5 section 6.2.1.1). */
function partsOfLatin(text: string): { family: string; given: readonly string[] } {
  const [family = '', ...given] = text.split(' ').filter((part) => part !== '');
  return given.length === 0 ? { family: '', given: [] } : { family, given };
}

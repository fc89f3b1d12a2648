import type { Chance } from './chance.js';
import { givenCharacters } from './given-names.js';
import { RARE_CHARACTERS } from './other-names.js';
import { soundsOf } from './pinyin.js';

// Pairs that are taken for each other in print or in handwriting.
const LIKE_SHAPES =
  '莹营 晴睛 洋详 辰晨 丽俪 霞暇 荣荥 清青 伟玮 怡恰 亮享 芳芬 雪霜 海梅 林材 军车 华毕 鑫森 博搏 涵函 宇字 萍苹 婷停 玲铃 娟捐 磊蕾 峰锋 俊浚 秀季 英央 建健 国围 志忘 永水 平乎 红江 春舂 桂挂 珍诊 明朋 敏敝 洁浩 静净 佳住 欣歆 轩钎 豪毫 诗侍 思恩 琪淇 颖颍 燕蒸 凤风 勇男 辉晖 斌武 超起 波坡 刚钢 龙尤 阳阴 航杭 瑞端 梓锌 奕亦 睿叡 沈沉 未末 孟盂 侯候 徐除 郭部 宋宗 田由 叶汁 余佘 汪江 付什 肖宵';
const likes = new Map<string, string>(
  LIKE_SHAPES.split(' ').flatMap(([one = '', other = '']) => [
    [one, other],
    [other, one],
  ]),
);

// Surnames that people themselves exchange (domain: variant characters).
const VARIANTS = new Map<string, string>(
  [...'闫阎 肖萧 付傅 戴代 邱丘 于余'.split(' ')].flatMap(([one = '', other = '']) => [
    [one, other],
    [other, one],
  ]),
);

const bySound = Map.groupBy(givenCharacters, (character) => soundsOf(character));
const outsideGbk = new Set<string>(RARE_CHARACTERS.outsideGbk);

/** With one character, not the first, replaced by another of the same sound; null when there is none. */
export function withHomophone(name: string, chance: Chance): string | null {
  const [place, character] = onePlace(name, chance);
  const others = (bySound.get(soundsOf(character)) ?? []).filter((other) => other !== character);
  return others.length === 0 ? null : replaced(name, place, chance.pick(others));
}

/** With one character replaced by one of like shape. */
export function withLikeCharacter(name: string, chance: Chance): string | null {
  const [place, character] = onePlace(name, chance);
  const other = likes.get(character);
  return other === undefined ? null : replaced(name, place, other);
}

export function withVariantSurname(name: string): string | null {
  const other = VARIANTS.get([...name][0] ?? '');
  return other === undefined ? null : replaced(name, 0, other);
}

/** What old systems make of a character outside of GBK. */
export function withLostCharacter(name: string, chance: Chance): string | null {
  const place = [...name].findIndex((character) => outsideGbk.has(character));
  return place < 0 ? null : replaced(name, place, chance.pick(['?', '□', '\uE863', '\uFFFD', '']));
}

function onePlace(name: string, chance: Chance): [place: number, character: string] {
  const characters = [...name];
  const place = chance.between(1, Math.max(1, characters.length - 1));
  return [place, characters[place] ?? ''];
}

const replaced = (name: string, place: number, character: string) =>
  [...name].map((one, index) => (index === place ? character : one)).join('');

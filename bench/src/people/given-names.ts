import type { Chance } from './chance.js';
import { Weighted } from './weighted.js';

export type Sex = 'M' | 'F';

/** How people born in some years are called. */
interface Fashion {
  /** The first year after them. */
  readonly until: number;
  readonly M: Taste;
  readonly F: Taste;
}

interface Taste {
  /** The most frequent names with their share in percent of that sex and time. */
  readonly frequent: string;
  /** Of the others, the percent that have one character. */
  readonly oneCharacter: number;
  /** Characters of the others by falling frequency: of one-character names, before all others of that sex; first and second of two. */
  readonly single: string;
  readonly first: string;
  readonly second: string;
}

// Which names were most frequent in which years: Ministry of Public Security, names of 2018 to 2020. Their percents are
// assumed, so that all years together give the counts that are known: 张伟 290,607, 王伟 281,568, 王芳 268,268 of 1.4 billion.
const FASHIONS: readonly Fashion[] = [
  {
    until: 1950,
    M: {
      frequent: '国华0.24 建国0.21 德明0.14 志明0.17 树林0.14 玉林0.14 伟0.03',
      oneCharacter: 8,
      single: '明华林平山海生福贵忠义诚信仁礼智勇刚强杰军民',
      first: '德文国金玉福永志长树振明世春兴建光正家万有宝成学云天广庆',
      second: '明华林生山福才贵春海荣发财兴成祥昌清和平国庆云龙法元亮仁义信全',
    },
    F: {
      frequent: '秀英2.52 桂英1.68 玉兰1.26 秀兰1.54 玉英1.4 桂兰1.12 凤英0.84 淑珍0.7 秀珍0.91 兰英0.77 芳0.03',
      oneCharacter: 5,
      single: '兰英珍芳梅凤莲香芝娥琴霞云',
      first: '秀桂玉淑凤兰金翠素月春惠爱美红菊文香银莲彩巧',
      second: '英兰珍芳梅莲香芝娥琴霞云华荣珠花仙凤菊清妹连',
    },
  },
  {
    until: 1970,
    M: {
      frequent: '建国0.56 军0.52 建华0.42 国强0.32 建军0.42 平0.28 勇0.24 志强0.32 伟0.35 明0.28 建平0.35 卫东0.24',
      oneCharacter: 17,
      single: '军平勇明伟强斌刚华林东杰涛峰波辉飞宁民生',
      first: '建国志文卫永新红小金明德玉海学春立光云庆晓振正家广伯',
      second: '国华军平明强林生东民文忠新海清荣伟兴成祥良春辉峰全庆义勇安根',
    },
    F: {
      frequent:
        '秀英1.05 桂英0.77 秀兰0.56 玉兰0.49 玉英0.49 丽0.35 敏0.42 红0.35 芳0.35 静0.21 桂兰0.42 秀珍0.42 丽华0.35 玲0.28 萍0.28',
      oneCharacter: 13,
      single: '敏红丽萍玲芳静霞燕平英艳洁琴梅华',
      first: '秀丽玉桂爱美小淑红惠金春建亚月雪凤晓文翠素海慧彩菊',
      second: '英兰芳华珍萍梅琴玲霞红平娟莲云香芬珠敏芝凤娣花妹清丽',
    },
  },
  {
    until: 1990,
    M: {
      frequent:
        '伟0.95 勇0.7 军0.7 强0.63 磊0.66 涛0.59 超0.42 斌0.49 杰0.42 鹏0.42 波0.35 刚0.42 俊0.21 辉0.35 峰0.32 明0.35 浩0.21 建华0.21 志强0.28 亮0.35',
      oneCharacter: 36,
      single: '飞凯健宇宁林旭龙华平毅凡东阳坤晖翔帅洋彬鑫威锋诚骏',
      first: '志建文晓海永小国春立俊宏振伟新明嘉少云正光学红东旭金向',
      second: '强华军明伟峰平东林辉波刚斌杰鹏超龙飞勇涛亮锋文光海兵新兴宁洋宇',
    },
    F: {
      frequent:
        '芳0.78 娜0.84 静0.88 敏0.7 丽0.77 艳0.7 燕0.56 娟0.52 婷0.42 玲0.39 霞0.42 红0.35 梅0.35 洁0.32 莉0.35 丹0.32 倩0.28 雪0.21 秀英0.1 慧0.28',
      oneCharacter: 34,
      single: '萍颖琳莹佳琴蕾瑶璐薇蓉晶瑾菲媛云虹青欢',
      first: '晓丽小海雪春红秀文亚玉燕美佳慧爱金月静思玲艳晶冬',
      second: '丽燕芳玲红娟霞艳敏静华萍梅英琴云莉娜婷洁凤平蓉琳慧清颖',
    },
  },
  {
    until: 2000,
    M: {
      frequent:
        '杰0.63 浩0.63 鑫0.49 伟0.42 涛0.42 鹏0.42 磊0.42 超0.42 强0.28 俊杰0.35 凯0.42 宇0.35 斌0.24 帅0.28 俊0.32',
      oneCharacter: 26,
      single: '阳旭翔健龙飞宁林毅晨铭康辉威航博瑞峰',
      first: '俊志嘉文宇晓子家海伟建梓天泽明浩思少永世金健',
      second: '杰豪鹏宇辉伟强浩文轩龙涛峰明斌林鑫超阳飞军华晨凯博',
    },
    F: {
      frequent: '婷0.7 敏0.42 静0.42 悦0.35 雪0.35 婷婷0.42 倩0.35 欣0.28 佳0.24 颖0.28 丽0.24 芳0.21 慧0.28 琳0.21',
      oneCharacter: 22,
      single: '洁瑶莹玉璐燕娜娟雯琪晴晨薇蓉丹萍',
      first: '思雨佳晓梦嘉雪文欣婷静诗雅慧晨海丽美小心馨紫',
      second: '婷怡琪雨雪颖莹欣瑶敏洁琳悦静慧佳茹雯娜倩萍芳燕蓉彤',
    },
  },
  {
    until: Number.POSITIVE_INFINITY,
    M: {
      frequent:
        '浩宇0.77 子轩0.7 宇轩0.63 浩然0.63 俊杰0.42 宇航0.49 梓豪0.42 子涵0.28 奕辰0.28 鑫0.28 博文0.35 一诺0.14 浩0.21 伟0.03',
      oneCharacter: 8,
      single: '涛杰轩晨阳睿毅翔铭皓博宸泽恒霖昊',
      first: '子浩宇梓俊泽嘉博奕一思天家明睿佳文志皓雨景承致亦奥振锦',
      second: '轩宇涵豪然杰泽晨航阳睿辰博文熙霖洋昊铭瑞宸恒毅安诚凯峰',
    },
    F: {
      frequent:
        '欣怡0.84 梓涵0.7 子涵0.56 诗涵0.56 雨桐0.42 梓萱0.42 一诺0.35 佳怡0.49 可欣0.35 欣妍0.35 雨欣0.42 依诺0.21 悦0.17 婷0.14',
      oneCharacter: 6,
      single: '悦婷欣瑶琪雯颖妍玥彤萱晴',
      first: '雨欣梓子佳思诗可梦一依语嘉雅若馨心艺慧奕静钰紫晨芷乐昕',
      second: '涵怡萱妍欣琪彤桐瑶悦婷诺晨熙雯洁颖玥宁静菲萌雪琳柔汐瑄',
    },
  },
];

/** How evenly characters come (assumed): the first of these comes about six times as often as the thirtieth, and twice. */
const EVENNESS = { two: 6, one: 30 };

const charactersOf = (sex: Sex): readonly string[] => [
  ...new Set(
    FASHIONS.flatMap((fashion) => {
      const { frequent, single, first, second } = fashion[sex];
      return [...frequent.replace(/[^\p{Script=Han}]/gu, ''), ...single, ...first, ...second];
    }),
  ),
];

/** All characters of given names. */
export const givenCharacters: readonly string[] = [...new Set([...charactersOf('M'), ...charactersOf('F')])];

const tastes = FASHIONS.map(({ until, M, F }) => ({
  until,
  M: read(M, charactersOf('M')),
  F: read(F, charactersOf('F')),
}));

/** The given name of somebody of that sex who was born in that year. */
export function givenName(sex: Sex, year: number, chance: Chance): string {
  const { single, first, second, frequent, frequentPercent, oneCharacter } = tasteOf(sex, year);
  if (chance.happens(frequentPercent / 100)) return frequent.pick(chance);
  if (chance.happens(oneCharacter / 100)) return single.pick(chance);
  return first.pick(chance) + second.pick(chance);
}

/** A twin's, like the other's: one character in common where there are two. */
export function twinsGivenName(other: string, sex: Sex, year: number, chance: Chance): string {
  const { single, second } = tasteOf(sex, year);
  for (;;) {
    const name = other.length === 1 ? single.pick(chance) : other.slice(0, -1) + second.pick(chance);
    if (name !== other) return name;
  }
}

function tasteOf(sex: Sex, year: number) {
  const taste = tastes.find(({ until }) => year < until);
  if (taste === undefined) throw new Error(`There are no names for ${year}`);
  return taste[sex];
}

function read({ frequent, oneCharacter, single, first, second }: Taste, characters: readonly string[]) {
  const entries = [...frequent.matchAll(/(\p{Script=Han}+)([\d.]+)/gu)].map(
    ([, name = '', percent]) => [name, Number(percent)] as const,
  );
  return {
    frequent: new Weighted(entries),
    frequentPercent: entries.reduce((sum, [, percent]) => sum + percent, 0),
    oneCharacter,
    single: falling([...new Set([...single, ...characters])], EVENNESS.one),
    first: falling([...first], EVENNESS.two),
    second: falling([...second], EVENNESS.two),
  };
}

function falling(characters: readonly string[], evenness: number) {
  return new Weighted(characters.map((character, rank) => [character, 1 / (rank + evenness)] as const));
}

import { Converter } from 'opencc-js/t2cn';

// Character by character: within words OpenCC decides by the word, and a name is none.
const simplified = Converter({ from: 't', to: 'cn' });

// Surnames that people themselves exchange.
const SURNAMES = '阎闫 萧肖 傅付 戴代 丘邱 于余 洁絜 钟锺';

// Forms of one character that stand in names, and that OpenCC leaves as they are: old and popular Chinese forms (Unicode's
// kSemanticVariant and kZVariant, as far as they occur in names), then Japanese ones.
const VARIANTS =
  '哲喆悊 坤堃 宁甯寗 珍珎 宝寳 奇竒 裴裵 珏玨 涂凃 浚濬 睿叡 村邨 昆崐 岩嵒喦 皓晧 皙晳 辉煇 柏栢 柳栁 琴琹 棋碁 凭凴 邻隣 果菓 ' +
  '麻蔴 赞賛 达逹 默黙 国囯圀 颖颕頴 强彊 耀燿 焰燄 和龢 德惪悳徳 迪廸 回廻 乃廼 晟晠 暖煖 潜濳 熙熈煕 炯烱 秋秌穐 稚穉 ' +
  '绵緜 翱翺 翠翆 聪聦聡 苏蘓甦 野埜 阔濶 雁鴈 飙飈飚 麟麐 梅槑楳 慎昚 时旹 明朙眀 映暎 春旾 是昰 望朢 松枩 楠枏 青靑 高髙 ' +
  '俞兪 侯矦 仙僊 同仝 冰氷 凡凢 善譱 喜憙 妙玅 富冨 年秊 效効 峨峩 略畧 笑咲 琅瑯 叙敍 勤懃 侄姪 艳艶 ' +
  '吴呉 齐斉 斋斎 泽沢 边辺 樱桜 惠恵 广広 实実 严厳 荣栄 黑黒 龙竜 剑剣 铁鉄 宽寛 关関 乐楽 气気 儿児 县県 圆円 应応 从従 ' +
  '战戦 拔抜 收収 泷滝 渊渕 绘絵 继継 总総 觉覚 让譲 转転 释釈 铅鈆 显顕 驿駅 鸡鶏 龟亀';

// 乾 as it stands in names, qián, is no traditional form of 干.
const KEPT = '乾';

const STANDS_FOR = new Map(
  `${SURNAMES} ${VARIANTS}`.split(' ').flatMap((row) => {
    const [first = '', ...others] = row;
    return others.map((other) => [other, first] as const);
  }),
);
const folded = new Map<string, string>([[KEPT, KEPT]]);

/** The text with variant and traditional forms folded together: for comparing and finding, never for showing. */
export const foldVariants = (text: string): string => Array.from(text, fold).join('');

function fold(character: string): string {
  const known = folded.get(character);
  if (known !== undefined) return known;
  const plain = STANDS_FOR.get(character) ?? simplified(character);
  const form = plain === character ? plain : fold(plain);
  folded.set(character, form);
  return form;
}

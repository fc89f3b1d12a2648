// Forms of one character that hospitals write for the same name: variants that people themselves exchange, then
// traditional forms that are frequent in names. The first of each row stands for all.
const ROWS =
  '阎闫閻 萧肖蕭 傅付 戴代 丘邱 于余於餘 洁絜潔 陈陳 张張 刘劉 黄黃 赵趙 吴吳 孙孫 马馬 杨楊 郑鄭 许許 邓鄧 冯馮 ' +
  '韩韓 蒋蔣 叶葉 苏蘇 卢盧 罗羅 钟鍾鐘 谭譚 赖賴 龚龔 严嚴 顾顧 龙龍 钱錢 陆陸 范範 谢謝 贾賈 邹鄒 贺賀 万萬 汤湯 阳陽 ' +
  '华華 国國 伟偉 丽麗 军軍 红紅 兰蘭 凤鳳 钰鈺 杰傑 强強 荣榮 宝寶 庆慶 贵貴 东東 云雲 飞飛 义義 学學 实實 ' +
  '晓曉 莹瑩 静靜 娇嬌 齐齊 聂聶 闵閔 纪紀 关關 骆駱 温溫 庄莊 鲁魯 欧歐 涂塗 卫衛 单單 吕呂 乔喬 连連 梦夢 诗詩 颖穎';

const STANDS_FOR = new Map(
  ROWS.split(' ').flatMap((row) => {
    const [first = '', ...others] = row;
    return others.map((other) => [other, first] as const);
  }),
);

/** The text with variant and traditional forms folded together: for comparing and finding, never for showing. */
export const foldVariants = (text: string): string =>
  Array.from(text, (character) => STANDS_FOR.get(character) ?? character).join('');

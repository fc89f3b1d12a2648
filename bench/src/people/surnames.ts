import { Weighted } from './weighted.js';

/** In percent of all people: the ten most frequent (Ministry of Public Security, names of 2020; rounded). */
const MOST_FREQUENT: readonly (readonly [string, number])[] = [
  ['王', 7.1],
  ['李', 7.0],
  ['张', 6.7],
  ['刘', 5.4],
  ['陈', 4.5],
  ['杨', 3.1],
  ['黄', 2.3],
  ['赵', 2.2],
  ['吴', 2.1],
  ['周', 2.0],
];
/** By falling frequency, up to the hundredth; the hundred are 85 percent of all people (same source). */
const UP_TO_HUNDREDTH =
  '徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常';
const THE_HUNDRED = 85;
/** The other 15 percent: these stand for some thousands of surnames. */
const RARER =
  '汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由';
/** Of two characters: a thousandth of all people (assumed). */
const COMPOUND = ['欧阳', '上官', '司徒', '皇甫', '诸葛', '尉迟', '司马', '令狐', '夏侯', '东方'];
const ALL_COMPOUND = 0.1;

const upToHundredth = fallingBy([...UP_TO_HUNDREDTH], MOST_FREQUENT.length, THE_HUNDRED - total(MOST_FREQUENT));
const rarer = fallingBy([...RARER], 100, 100 - THE_HUNDRED - ALL_COMPOUND);

export const surnames = new Weighted([
  ...MOST_FREQUENT,
  ...upToHundredth,
  ...rarer,
  ...fallingBy(COMPOUND, 0, ALL_COMPOUND),
]);

/** Shares that fall with the rank (Zipf) and together make the percent. */
function fallingBy(values: readonly string[], ranksBefore: number, percent: number): (readonly [string, number])[] {
  const weights = values.map((value, index) => [value, 1 / (ranksBefore + index + 1)] as const);
  const all = total(weights);
  return weights.map(([value, weight]) => [value, (weight / all) * percent]);
}

function total(entries: readonly (readonly [string, number])[]): number {
  return entries.reduce((sum, [, weight]) => sum + weight, 0);
}

import type { Chance } from './chance.js';
import { DISTRICTS } from './layout.js';

export interface Address {
  readonly state: string;
  readonly city: string;
  readonly district: string;
  readonly street: string;
}

// Eleven cities of thirteen districts, as GB/T 2260 numbers those of a province; their names are invented.
const CITIES = ['云州', '海宁', '清江', '南屏', '东浦', '安阳', '临川', '丽水', '金湖', '永泰', '龙山'];
const CITY_DISTRICTS = 13;
const DISTRICT_NAMES = '城东 城西 城南 城北 新桥 石湾 双溪 白塔 长河 三门 云岭 青田 大浦'.split(' ');
const PROVINCE_CODE = '33';
const OTHER_PROVINCES = '34 36 41 42 43 51 52 53 61 32 35'.split(' ');
const STREETS =
  '人民路 解放路 中山路 建设路 文化路 新华路 和平路 胜利路 北京路 上海路 学府路 工业路 滨江路 环城路 青年路 光明路 育才路 迎宾路 花园路 湖滨路'.split(
    ' ',
  );
const ESTATES =
  '阳光花园 金色家园 翠湖苑 锦绣江南 丽景苑 书香名邸 世纪新城 碧水湾 东方明珠 幸福里 新村 安居苑 望江楼 龙腾苑 绿城'.split(
    ' ',
  );

/** Six digits of GB/T 2260. Each district stands for one of another province too, from where people came who live there. */
export function addressCode(district: number, fromOtherProvince: boolean): string {
  const [city, part] = [Math.floor(district / CITY_DISTRICTS), district % CITY_DISTRICTS];
  const province = fromOtherProvince ? (OTHER_PROVINCES[city] ?? '') : PROVINCE_CODE;
  const cityCode = fromOtherProvince ? 1 : city + 1;
  return `${province}${twoDigits(cityCode)}${twoDigits(part + 2)}`;
}

/** A code that stands for no place any more. @param ordinal 0 to 142 */
export function abolishedAddressCode(ordinal: number): string {
  const [prefecture, county] = [Math.floor(ordinal / CITY_DISTRICTS), ordinal % CITY_DISTRICTS];
  return `${PROVINCE_CODE}${21 + prefecture}${21 + county}`;
}

/** Somewhere in a district, 0 to 142. */
export function addressIn(district: number, chance: Chance): Address {
  const street = chance.pick(STREETS);
  const estate = chance.pick(ESTATES);
  const room = `${chance.between(1, 18)}${twoDigits(chance.between(1, 4))}`;
  return {
    state: '某省',
    city: `${CITIES[Math.floor(district / CITY_DISTRICTS)]}市`,
    district: `${DISTRICT_NAMES[district % CITY_DISTRICTS]}区`,
    street: `${street}${chance.between(1, 380)}号${estate}${chance.between(1, 30)}幢${chance.between(1, 3)}单元${room}室`,
  };
}

export const anyAddress = (chance: Chance): Address => addressIn(chance.below(DISTRICTS), chance);

const twoDigits = (number: number) => String(number).padStart(2, '0');

import { readingsOf } from '@yinglian/names';
import type { ComparedRecord } from '../domain/evidence/compared-record.js';
import type { Identifier } from '../domain/identity/identifier.js';
import { readName } from '../domain/person-name.js';
import { SampleChance } from './sample-chance.js';

export interface SampleRecord {
  /** Whose it is in truth. */
  readonly person: number;
  readonly record: ComparedRecord;
}

interface Person {
  readonly surname: string;
  readonly given: string;
  readonly birthDate: string;
  readonly sex: 'M' | 'F';
  readonly residentId: string;
  readonly phone: string;
  readonly household: Household;
}

interface Household {
  readonly surname: string;
  readonly phone: string;
  readonly address: NonNullable<ComparedRecord['address']>;
}

// Shares in percent of the ten most frequent surnames (Ministry of Public Security, 2020); the others stand for the rest.
const SURNAMES = '王7.1 李7 张6.7 刘5.4 陈4.5 杨3.1 黄2.2 赵2 吴2 周2'.split(' ');
const OTHER_SURNAMES = [
  ...'徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常',
];
// Frequent first; how often each is chosen falls with its rank.
const GIVEN = [
  ...'伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉梅红建国文辉力志永健世广海山仁波宁贵福生龙元全胜学祥才发武新利清飞彬富顺信子昌成康星光天达安岩中茂进有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘',
];

/** Rates of what hospitals get wrong, assumed: they shape a first model, until a province has learned its own. */
const RATE = {
  anotherRecord: 0.26,
  atHome: 0.7,
  noResidentId: 0.12,
  wrongResidentId: 0.01,
  typedCard: 0.1,
  noPhone: 0.25,
  householdPhone: 0.3,
  newPhone: 0.12,
  noAddress: 0.4,
  moved: 0.08,
  slipInAddress: 0.04,
  letters: 0.08,
  homophone: 0.012,
  otherCharacter: 0.008,
  lostCharacter: 0.006,
  otherName: 0.004,
  western: 0.01,
  noBirthDate: 0.01,
  slipInBirthDate: 0.012,
  otherBirthDate: 0.006,
  firstOfJanuary: 0.03,
  otherSex: 0.004,
  twin: 0.01,
};

/** Records of a small province whose truth is known: households, twins, and what goes wrong where they are typed. */
export function sampleProvince(persons: number, seed: number): SampleRecord[] {
  const chance = new SampleChance(seed);
  const records: SampleRecord[] = [];
  let household = householdOf(chance);
  let last: Person | null = null;
  for (let person = 0; person < persons; person += 1) {
    if (!chance.happens(RATE.atHome)) household = householdOf(chance);
    const one: Person = last !== null && chance.happens(RATE.twin) ? twinOf(last, chance) : personIn(household, chance);
    last = one;
    do records.push({ person, record: recordOf(one, chance) });
    while (chance.happens(RATE.anotherRecord));
  }
  return records;
}

function householdOf(chance: SampleChance): Household {
  const city = chance.ranked(11);
  const district = `${city}-${chance.below(9)}`;
  const street = `${district}街${chance.below(120)}`;
  const streetNumber = String(1 + chance.below(300));
  const postalCode = `3${city}${chance.below(9)}0${chance.below(10)}`.slice(0, 6);
  const address = { streetNumber, street, district, city: `${city}市`, state: '某省', postalCode };
  return {
    surname: surnameOf(chance),
    phone: chance.digits('1', 11),
    address: { ...address, text: `某省${city}市${district}${street}${streetNumber}号` },
  };
}

function personIn(household: Household, chance: SampleChance): Person {
  const surname = chance.happens(0.6) ? household.surname : surnameOf(chance);
  const year = String(1935 + chance.below(90));
  const day = chance.happens(RATE.firstOfJanuary) ? '0101' : two(1 + chance.below(12)) + two(1 + chance.below(28));
  return {
    surname,
    given: givenOf(chance),
    birthDate: year + day,
    sex: chance.happens(0.5) ? 'M' : 'F',
    residentId: chance.digits(`33${two(chance.below(60))}${two(chance.below(30))}${year}${day}`, 18),
    phone: chance.happens(RATE.householdPhone) ? household.phone : chance.digits('1', 11),
    household,
  };
}

function twinOf(other: Person, chance: SampleChance): Person {
  const given = other.given.slice(0, -1) + chance.rankedOf(GIVEN);
  return { ...other, given, residentId: chance.digits(other.residentId.slice(0, 14), 18) };
}

function recordOf(person: Person, chance: SampleChance): ComparedRecord {
  const { household, residentId } = person;
  const typed = chance.happens(RATE.wrongResidentId) ? slipIn(residentId, chance) : null;
  const ids: Identifier[] = [];
  if (typed !== null) ids.push({ system: 'RESIDENT_ID_UNCHECKED', value: typed, strength: 'weak' });
  else if (!chance.happens(RATE.noResidentId)) {
    ids.push({ system: 'RESIDENT_ID', value: residentId, strength: 'strong' });
  }
  if (chance.happens(RATE.typedCard)) {
    const card = `8${residentId.slice(-9)}`;
    ids.push({ system: 'CARD', value: chance.happens(0.05) ? slipIn(card, chance) : card, strength: 'medium' });
  }
  const hospital = chance.ranked(20);
  const local = chance.happens(0.1) ? chance.digits('', 8) : `${residentId.slice(-7)}${hospital % 10}`;
  ids.push({ system: `HOSPITAL:H${hospital}/`, value: local, strength: 'weak' });
  const phone = chance.happens(RATE.newPhone) ? chance.digits('1', 11) : person.phone;
  const address = chance.happens(RATE.moved) ? householdOf(chance).address : household.address;
  const street = chance.happens(RATE.slipInAddress) ? `${address.street}路` : address.street;
  const otherSex = person.sex === 'M' ? 'F' : 'M';
  return {
    name: readName({ alphabetic: writtenName(person, chance) }),
    birthDate: writtenBirthDate(person.birthDate, chance),
    sex: chance.happens(RATE.otherSex) ? otherSex : person.sex,
    ids,
    phones: chance.happens(RATE.noPhone) ? [] : [phone],
    address: chance.happens(RATE.noAddress) ? null : { ...address, street },
  };
}

function writtenName({ surname, given, residentId }: Person, chance: SampleChance): string {
  const sound = (text: string) => [...text].map((character) => readingsOf(character)[0] ?? '').join('');
  // Whoever has a Western name has it in each record.
  if (Number(residentId.slice(-4)) % 100 < RATE.western * 100) return `${sound(given)}son^${sound(surname)}`;
  if (chance.happens(RATE.letters)) {
    const spelled = [sound(surname), sound(given)];
    return chance.pick([spelled.join('^'), spelled.join(''), spelled.toReversed().join('^')]);
  }
  const last = given.slice(-1);
  const [spoken = ''] = readingsOf(last);
  const alike = GIVEN.filter((character) => character !== last && readingsOf(character)[0] === spoken);
  if (chance.happens(RATE.homophone) && alike.length > 0) return surname + given.slice(0, -1) + chance.pick(alike);
  if (chance.happens(RATE.otherCharacter)) return surname + given.slice(0, -1) + chance.pick(GIVEN);
  if (chance.happens(RATE.lostCharacter)) return `${surname}${given.slice(0, -1)}?`;
  if (chance.happens(RATE.otherName)) return surnameOf(chance) + givenOf(chance);
  return `${surname}^${given}`;
}

function writtenBirthDate(date: string, chance: SampleChance): string | null {
  if (chance.happens(RATE.noBirthDate)) return null;
  if (chance.happens(RATE.otherBirthDate)) return `${1935 + chance.below(90)}0101`;
  if (!chance.happens(RATE.slipInBirthDate)) return date;
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  return Number(day) <= 12 ? year + day + month : `${year}${month}${day.charAt(1)}${day.charAt(0)}`;
}

function surnameOf(chance: SampleChance): string {
  let left = chance.share() * 100;
  for (const entry of SURNAMES) {
    left -= Number(entry.slice(1));
    if (left < 0) return entry.charAt(0);
  }
  return chance.rankedOf(OTHER_SURNAMES);
}

const givenOf = (chance: SampleChance): string =>
  chance.rankedOf(GIVEN) + (chance.happens(0.75) ? chance.rankedOf(GIVEN) : '');

function slipIn(digits: string, chance: SampleChance): string {
  const place = 1 + chance.below(digits.length - 2);
  return digits.slice(0, place) + ((Number(digits.charAt(place)) + 1) % 10) + digits.slice(place + 1);
}

const two = (number: number): string => String(number).padStart(2, '0');

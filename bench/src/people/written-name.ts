import type { EventData, PatientObservedV3 } from '@yinglian/contracts';
import { yearOf } from './birth-date.js';
import { Chance, STREAM } from './chance.js';
import { givenName } from './given-names.js';
import type { Hospital } from './hospitals.js';
import { withHomophone, withLikeCharacter, withLostCharacter, withVariantSurname } from './like-characters.js';
import type { Person, TrueName } from './person.js';
import { spellingOf } from './pinyin.js';
import type { Slips } from './slips.js';

type ObservedName = EventData<typeof PatientObservedV3>['name'];

const DOTS = ['•', '・', '.', ' ', ''];
const NOISE = ['(体检)', ' 急诊', '12床', ' '];
const SHORT_NAME = 10;

/** A name as a hospital's program has it. */
export function nameInProgram(person: Person, hospital: Hospital, slips: Slips, seed: number): ObservedName {
  const name = slips.happens('renamed') ? formerName(person, seed) : person.name;
  if (name.kind === 'western') return { alphabetic: `${name.family}^${name.given}`, charsetGuessed: false };
  const written = withSlips(name, hospital, slips);
  if (!slips.happens('pinyinToo')) return { alphabetic: written, charsetGuessed: false };
  const { family, given } = spellingOf(name);
  return { alphabetic: `${family}^${given}`, ideographic: written, charsetGuessed: false };
}

/** A name as it is typed at a device that knows no Chinese. */
export function nameAtDevice(person: Person, slips: Slips): ObservedName {
  const { family, given } = spellingOf(person.name);
  const isSwapped = slips.happens('swappedPinyin');
  const isJoined = slips.happens('joinedPinyin');
  const parts = isSwapped ? [given, family] : [family, given];
  return { alphabetic: parts.join(isJoined ? '' : slips.chance.pick(['^', ' '])), charsetGuessed: false };
}

/** 王伟; 阿依古丽·买买提 */
export function fullName(name: TrueName): string {
  if (name.kind === 'western') return `${name.given} ${name.family}`;
  return name.kind === 'minority' ? name.parts.join('·') : name.surname + name.given;
}

function withSlips(name: Exclude<TrueName, { kind: 'western' }>, hospital: Hospital, slips: Slips): string {
  let text = fullName(name);
  text = slips.maybe('variantSurname', text, withVariantSurname);
  text = slips.maybe('homophone', text, withHomophone);
  text = slips.maybe('likeCharacter', text, withLikeCharacter);
  text = slips.maybe('otherDot', text, (whole, chance) => whole.replace('·', chance.pick(DOTS)));
  if (hospital.isOld) {
    text = slips.maybe('lostCharacter', text, withLostCharacter);
    text = slips.maybe('truncated', text, (whole) => whole.slice(0, SHORT_NAME));
  }
  if (name.kind === 'chinese' && hospital.caretInNames && text.startsWith(name.surname)) {
    text = `${name.surname}^${text.slice(name.surname.length)}`;
  }
  return slips.maybe('noise', text, (whole, chance) => whole + chance.pick(NOISE));
}

/** The same in each record that has it. */
function formerName(person: Person, seed: number): TrueName {
  const chance = new Chance(seed, STREAM.person, person.number, 3);
  if (person.name.kind !== 'chinese') return person.name;
  return { ...person.name, given: givenName(person.sex, yearOf(person.birthDate), chance) };
}

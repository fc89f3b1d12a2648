import type { FebrlPerson } from '@yinglian/testing';
import type { ObservedRecord, PatientData } from '../people/observed-record.js';
import { soundsOf } from '../people/pinyin.js';
import { isResidentNumber, residentNumber } from '../people/resident-number.js';
import { PLACEHOLDERS } from '../people/written-numbers.js';
import type { SplinkRow } from './splink.js';

export function febrlRow({ record_id, person, ...columns }: FebrlPerson): SplinkRow {
  return { ...columns, record: record_id, truth: person };
}

/**
 * A record of the province as a careful user of splink would prepare it: names by characters and by sound, dates and numbers in
 * one form, and nothing where a placeholder stands; as it stands when it is completed.
 */
export function provinceRow(record: ObservedRecord, ordinal: number): SplinkRow {
  const { truth, completed } = record;
  const data = completed ?? record.data;
  const name = chineseName(data.name);
  const idNumber = numberOf(data, 'RESIDENT_ID') || numberOf(data, 'PASSPORT') || numberOf(data, 'PERMANENT_RESIDENCE');
  return {
    record: String(ordinal),
    truth: String(truth),
    name,
    sound: isNobody(data) ? '' : name === '' ? lettersOf(data.name.alphabetic ?? '') : soundsOf(name),
    birth_date: data.birthDate.replaceAll('-', ''),
    sex: data.sex,
    id_number: idNumber,
    id_is_right: isResidentNumber(idNumber) ? 'yes' : '',
    insurance: numberOf(data, 'INSURANCE'),
    health_card: numberOf(data, 'HEALTH_CARD'),
    phone: data.phones[0] ?? '',
    address:
      data.addresses.map(({ state, city, district, lines }) => [state, city, district, ...lines].join(''))[0] ?? '',
  };
}

const NOBODY = /^(无名氏|急诊无名|未知|测试.*)$/;
const NOISE = /\(体检\)|急诊$|\d+床$/g;

function chineseName({ alphabetic = '', ideographic = '' }: PatientData['name']): string {
  const written = (ideographic || alphabetic).replace(NOISE, '').replace(/[^\p{Script=Han}]/gu, '');
  return NOBODY.test(written) ? '' : written;
}

const isNobody = ({ name }: PatientData) => {
  const written = name.alphabetic ?? '';
  return NOBODY.test(written) || /^(UNKNOWN|TEST.*)$/i.test(written);
};

/** LI^NA, NA LI and LINA come near each other by Jaro and Winkler; parts in one order make the first two the same. */
const lettersOf = (text: string) => text.toUpperCase().split(/[\^ ]/).sort().join('');

function numberOf(
  { otherIds }: PatientData,
  wanted: 'RESIDENT_ID' | 'PASSPORT' | 'PERMANENT_RESIDENCE' | 'INSURANCE' | 'HEALTH_CARD',
): string {
  const [number = ''] = otherIds
    .filter(
      ({ type, id }) =>
        (type === wanted || (wanted === 'RESIDENT_ID' && type === 'UNKNOWN')) && !PLACEHOLDERS.includes(id),
    )
    .map(({ id }) => plain(id));
  return wanted === 'RESIDENT_ID' && number.length === 15 ? ofEighteen(number) : number;
}

const plain = (text: string) => text.normalize('NFKC').replaceAll(' ', '').toUpperCase();

/** Fifteen digits are of people born in the last century. */
const ofEighteen = (number: string): string =>
  residentNumber(number.slice(0, 6), `19${number.slice(6, 12)}`, Number(number.slice(12)));

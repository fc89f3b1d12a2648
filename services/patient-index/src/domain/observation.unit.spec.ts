import { describe, expect, it } from '@jest/globals';
import type { EventData, PatientObservedV3 } from '@yinglian/contracts';
import { neverLinks } from './identity/flags.js';
import { readObservation } from './observation.js';

type Told = EventData<typeof PatientObservedV3>;

const TODAY = '20261124';
const MOTHERS_ID = '33990119491231006X';
const FATHERS_ID = '339902196809051018';
const PATIENT: Told = {
  hospital: 'H001',
  patient: { hospital: 'H001', issuer: 'HIS', id: 'P-1' },
  name: { alphabetic: '何^文', charsetGuessed: false },
  birthDate: '',
  sex: '',
  otherIds: [],
  studyInstanceUid: null,
  observedAt: '2026-11-24T08:00:00.000Z',
  phones: [],
  addresses: [],
  mother: null,
  birthOrder: null,
};
const residentId = (id: string) => ({ id, issuer: '', type: 'RESIDENT_ID' as const });
const read = (told: Partial<Omit<Told, 'name'>> & { name?: string } = {}) => {
  const { name = '何^文', ...rest } = told;
  return readObservation({ ...PATIENT, ...rest, name: { alphabetic: name, charsetGuessed: false } }, TODAY);
};
const LOCAL = { system: 'HOSPITAL:H001/HIS', value: 'P-1', strength: 'weak' };
const strong = (value: string) => ({ system: 'RESIDENT_ID', value, strength: 'strong' });

describe('what a hospital says of a patient', () => {
  it('is read field by field', () => {
    expect(
      read({
        birthDate: '1968-09-05',
        sex: '1',
        otherIds: [residentId('339902 19680905 1018'), { id: '33019912345', issuer: '330100', type: 'INSURANCE' }],
        phones: ['+86 139 5712 0486'],
        addresses: [{ lines: ['文三路391号'], district: '西湖区', city: '杭州市', state: '', postalCode: '' }],
      }),
    ).toEqual({
      name: { han: ['何文'], latin: [], components: [], shown: ['何文'], newborn: false },
      birthDate: '19680905',
      sex: 'M',
      ids: [LOCAL, strong(FATHERS_ID), { system: 'INSURANCE:330100', value: '33019912345', strength: 'strong' }],
      residentIds: [FATHERS_ID],
      phones: ['13957120486'],
      address: {
        text: '杭州市西湖区文三路391号',
        streetNumber: '391',
        street: '文三路',
        district: '西湖区',
        city: '杭州市',
        state: '',
        postalCode: '',
      },
      mother: null,
      birthOrder: null,
      flags: [],
    });
  });

  it('in the events of before has no kinds of numbers, and nothing of contacts', () => {
    const { phones, addresses, mother, birthOrder, ...before } = PATIENT;
    const otherIds = [{ id: FATHERS_ID, issuer: 'MPS' }];
    const seen = readObservation({ ...before, otherIds, studyInstanceUid: '1.2.3' }, TODAY);
    expect(seen).toEqual({ ...read(), ids: [LOCAL, strong(FATHERS_ID)], residentIds: [FATHERS_ID] });
  });

  it('once as weak and once as strong is strong', () => {
    const permit = 'H1234567801';
    const seen = read({
      otherIds: [
        { id: permit, issuer: '', type: 'UNKNOWN' },
        { id: permit, issuer: '', type: 'HONG_KONG_MACAO_PERMIT' },
      ],
    });
    expect(seen.ids).toEqual([LOCAL, { system: 'HONG_KONG_MACAO_PERMIT', value: 'H12345678', strength: 'strong' }]);
  });
});

describe('a newborn', () => {
  it('has the numbers of the mother, who is named by its name', () => {
    const seen = read({
      name: '王芳之子A',
      birthDate: '20261120',
      otherIds: [residentId(MOTHERS_ID), { id: '33019912345', issuer: '330100', type: 'INSURANCE' }],
    });
    expect(seen).toMatchObject({
      ids: [LOCAL],
      residentIds: [],
      mother: { name: '王芳', id: strong(MOTHERS_ID) },
      birthOrder: 1,
      flags: ['NEWBORN', 'MULTIPLE_BIRTH'],
    });
    expect(neverLinks(seen.flags)).toBe(true);
  });

  it('has the mother that is stated', () => {
    const mother = { id: 'M-7', name: '赵^敏' };
    expect(read({ name: '新生儿', mother, birthOrder: 2 })).toMatchObject({
      mother: { name: '赵敏', id: { system: 'HOSPITAL:H001/', value: 'M-7', strength: 'weak' } },
      birthOrder: 2,
      flags: ['NEWBORN', 'MULTIPLE_BIRTH'],
    });
  });

  it.each([
    ['陈若婴', '20261101', true],
    ['陈若婴', '', true],
    ['陈若婴', '19900101', false],
    ['李^小双', '19800101', false],
    ['WANG^FANG ZHI ZI', '20261101', true],
  ])('is told from a grown person of such a name by the birth date: %s, %s', (name, birthDate, newborn) => {
    expect(read({ name, birthDate }).flags.includes('NEWBORN')).toBe(newborn);
  });
});

describe('a number of a parent', () => {
  it('is not the child’s, and neither are the cards that came with it', () => {
    const card = { id: 'A00998877', issuer: '330000', type: 'HEALTH_CARD' as const };
    const seen = read({ birthDate: '20180301', otherIds: [residentId(FATHERS_ID), card] });
    expect(seen).toMatchObject({ ids: [LOCAL], residentIds: [], mother: null, flags: ['NUMBER_OF_PARENT'] });
    expect(neverLinks(seen.flags)).toBe(false);
  });

  it('is the mother’s when she is stated to have it, at any age', () => {
    const mother = { id: MOTHERS_ID, name: '' };
    const seen = read({ birthDate: '19750301', otherIds: [residentId(MOTHERS_ID)], mother });
    expect(seen).toMatchObject({ residentIds: [], mother: { name: '', id: strong(MOTHERS_ID) } });
  });

  it('is not guessed of a grown person, who may have a borrowed card', () => {
    const seen = read({ birthDate: '19900301', otherIds: [residentId(FATHERS_ID)] });
    expect(seen).toMatchObject({ residentIds: [FATHERS_ID], flags: ['BIRTH_DATE_CONTRADICTS_ID'] });
  });
});

describe('flags', () => {
  it.each<[string, string[], Parameters<typeof read>[0]]>([
    ['NAME_OF_NOBODY', ['NAME_OF_NOBODY'], { name: '无名氏3' }],
    ['TEST_NAME', ['TEST_NAME'], { name: 'TEST^PATIENT' }],
    ['NAME_TRUNCATED at ten', ['NAME_TRUNCATED'], { name: '阿卜杜热西提·阿卜杜' }],
    ['NAME_TRUNCATED at a dot', ['NAME_TRUNCATED'], { name: '阿卜杜热西提·' }],
    ['NAME_TRUNCATED in a character', ['NAME_TRUNCATED', 'NAME_LOST_CHARACTERS'], { name: '阿卜杜热西提·\uFFFD' }],
    ['NAME_LOST_CHARACTERS', ['NAME_LOST_CHARACTERS'], { name: '张\uE863丰' }],
    ['NAME_TOO_LONG', ['NAME_TOO_LONG', 'NAME_TRUNCATED'], { name: '王'.repeat(10_000) }],
    ['CONTROL_CHARACTERS', ['CONTROL_CHARACTERS'], { name: '何\u0007文' }],
    ['CONTROL_CHARACTERS in an address', ['CONTROL_CHARACTERS'], { phones: ['1395712\u00000486'] }],
    ['BIRTH_DATE_IMPOSSIBLE', ['BIRTH_DATE_IMPOSSIBLE'], { birthDate: '20230229' }],
    ['BIRTH_DATE_INCOMPLETE', ['BIRTH_DATE_INCOMPLETE'], { birthDate: '196809' }],
    ['BIRTH_DATE_PLACEHOLDER', ['BIRTH_DATE_PLACEHOLDER'], { birthDate: '19000101' }],
    [
      'BIRTH_DATE_CONTRADICTS_ID',
      ['BIRTH_DATE_CONTRADICTS_ID'],
      { birthDate: '19680509', otherIds: [residentId(FATHERS_ID)] },
    ],
    ['SEX_CONTRADICTS_ID', ['SEX_CONTRADICTS_ID'], { sex: 'F', otherIds: [residentId(FATHERS_ID)] }],
    ['SEVERAL_RESIDENT_IDS', ['SEVERAL_RESIDENT_IDS'], { otherIds: [residentId(FATHERS_ID), residentId(MOTHERS_ID)] }],
    ['NUMBER_PLACEHOLDER', ['NUMBER_PLACEHOLDER'], { otherIds: [residentId('111111111111111')] }],
    ['NUMBER_CHECK_DIGIT', ['NUMBER_CHECK_DIGIT'], { otherIds: [residentId('339902196809051019')] }],
    ['NUMBER_IMPOSSIBLE', ['NUMBER_IMPOSSIBLE'], { otherIds: [residentId('ABC')] }],
    ['LOCAL_ID_PLACEHOLDER', ['LOCAL_ID_PLACEHOLDER'], { patient: { hospital: 'H001', issuer: '', id: '000000' } }],
    ['PHONE_PLACEHOLDER', ['PHONE_PLACEHOLDER'], { phones: ['13800138000'] }],
  ])('say what was wrong: %s', (_, flags, told) => expect(read(told).flags).toEqual(flags));

  it('keep nobody, tests and numbers of many from ever being linked by a program', () => {
    const guarded = [{ name: '三无人员' }, { name: '测试' }, { patient: { hospital: 'H001', issuer: '', id: '0' } }];
    expect(guarded.map((told) => neverLinks(read(told).flags))).toEqual([true, true, true]);
    expect(neverLinks(read({ birthDate: '20230229', otherIds: [residentId('ABC')] }).flags)).toBe(false);
  });
});

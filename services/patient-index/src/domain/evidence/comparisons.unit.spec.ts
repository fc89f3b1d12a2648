import { describe, expect, it } from '@jest/globals';
import { recordOf, type StatedRecord } from '../../testing/compared-record.js';
import { COMPARISONS } from './comparisons.js';

const levelOf = (field: string, a: StatedRecord, b: StatedRecord) =>
  COMPARISONS.find((one) => one.field === field)?.compare(recordOf(a), recordOf(b))?.level ?? null;

const both = (field: string, a: StatedRecord, b: StatedRecord) => [levelOf(field, a, b), levelOf(field, b, a)];

describe('names in characters', () => {
  it.each([
    ['王小雨', '王^小雨', 'same'],
    ['闫肖', '阎萧', 'same'],
    ['买买提·艾力', '买买提艾力', 'same'],
    ['张?', '张堃', 'lost'],
    ['张??丰', '张䶮丰', 'lost'],
    ['阿卜杜热西提·阿卜杜', '阿卜杜热西提·阿卜杜热合曼', 'lost'],
    ['王小雨', '王晓雨', 'homophone'],
    ['曾伟', '增伟', 'homophone'],
    ['单田', '山田', 'homophone'],
    ['王小雨', '王小云', 'nearly'],
    ['王小雨', '王雨', 'nearly'],
    ['王小雨', '李小雨', 'nearly'],
    ['张伟', '伟张', 'unlike'],
    ['张伟', '张丽', 'surname'],
    ['王小雨', '王大海', 'surname'],
    ['张伟', '李娜', 'unlike'],
  ])('%s and %s: %s', (a, b, level) => {
    expect(both('hanName', { name: a }, { name: b })).toEqual([level, level]);
    expect(both('spelledName', { name: a }, { name: b })).toEqual([null, null]);
    expect(both('familyName', { name: a }, { name: b })).toEqual([null, null]);
  });
});

describe('a name that one side only has in letters', () => {
  it.each([
    ['李娜', 'LI^NA', 'same'],
    ['李娜', 'LINA', 'same'],
    ['李娜', 'NA LI', 'same'],
    ['单田芳', 'DAN^TIANFANG', 'same'],
    ['吕布', 'LYU^BU', 'same'],
    ['LI^NA', 'LINA', 'same'],
    ['LI^NA', 'LINA^', 'same'],
    ['SMITH^JOHN', 'John Smith', 'same'],
    ['王小雨', 'WANG^XIAOYUN', 'nearly'],
    ['Smith John', 'Smith Jon', 'nearly'],
    ['李娜', 'WANG^WEI', 'unlike'],
    ['李娜', 'SMITH^JOHN', 'unlike'],
  ])('%s and %s: %s', (a, b, level) => {
    expect(both('spelledName', { name: a }, { name: b })).toEqual([level, level]);
    expect(both('familyName', { name: a }, { name: b })).toEqual([null, null]);
    expect(both('hanName', { name: a }, { name: b })).toEqual([null, null]);
  });
});

describe('family and given name', () => {
  it.each([
    ['GREEN^MITCHELL', 'green^mitchell', 'same', 'same'],
    ["O'BRIEN^ZOË", 'obrien^zoe', 'same', 'same'],
    ['GREEN^MITCHELL', 'MITCHELL^GREEN', 'swapped', null],
    ['GREEN^MITCHELL', 'MITCHEL^GREEN', 'swapped', null],
    ['^MITCHELL', 'MITCHELL^GREEN', 'swapped', null],
    ['MCCARTHY^HARLEY', 'MCCATTHY^HARLY', 'alike', 'alike'],
    ['HATHAWAY^TAYLOR', 'HATWEAY^TALOR', 'similar', 'alike'],
    ['WEBB^TOBY', 'WEST^TOBIAS', 'unlike', 'similar'],
    ['GREEN^MITCHELL', '^MITCHELL', null, 'same'],
    ['GREEN^MITCHELL', 'MASON^LYDIA', 'unlike', 'unlike'],
  ])('%s and %s: %s, %s', (a, b, family, given) => {
    expect(both('familyName', { name: a }, { name: b })).toEqual([family, family]);
    expect(both('givenName', { name: a }, { name: b })).toEqual([given, given]);
  });
});

describe('birth dates', () => {
  it.each([
    ['19800312', '19800312', 'same'],
    ['19800312', '19801203', 'slip'],
    ['19800312', '19800313', 'slip'],
    ['19800312', '19080312', 'slip'],
    ['19800312', '19800325', 'twoParts'],
    ['19800312', '19940312', 'twoParts'],
    ['19800312', '19801127', 'year'],
    ['19800312', '19511127', 'unlike'],
  ])('%s and %s: %s', (a, b, level) => {
    expect(both('birthDate', { birthDate: a }, { birthDate: b })).toEqual([level, level]);
  });
});

describe('numbers', () => {
  const id = (system: string, value: string, strength: 'strong' | 'medium' | 'weak') => ({
    ids: [{ system, value, strength }],
  });

  it.each([
    ['1804974', '1804974', 'same'],
    ['1804974', '1804947', 'slip'],
    ['1804974', '180974', 'slip'],
    ['1804974', '1804972', 'slip'],
    ['1804974', '1904973', 'similar'],
    ['1804974', '6089216', 'unlike'],
  ])('%s and %s: %s', (a, b, level) => {
    expect(both('mediumNumber', id('SSN', a, 'medium'), id('SSN', b, 'medium'))).toEqual([level, level]);
    expect(both('phone', { phones: [a] }, { phones: [b] })).toEqual([level, level]);
  });

  it('are compared within one system and strength', () => {
    expect(both('mediumNumber', id('SSN', '1', 'medium'), id('ARMY', '1', 'medium'))).toEqual([null, null]);
    expect(both('strongNumber', id('PASSPORT:CHN', '1', 'strong'), id('PASSPORT:FRA', '1', 'strong'))).toEqual([
      null,
      null,
    ]);
    expect(both('localNumber', id('HOSPITAL:H001/', '7', 'weak'), id('HOSPITAL:H001/', '7', 'weak'))).toEqual([
      'same',
      'same',
    ]);
    expect(both('localNumber', id('HOSPITAL:H001/', '7', 'weak'), id('HOSPITAL:H002/', '7', 'weak'))).toEqual([
      null,
      null,
    ]);
  });

  it('with a wrong check digit are compared with right ones', () => {
    const right = id('RESIDENT_ID', '11010519491231002X', 'strong');
    const wrong = id('RESIDENT_ID_UNCHECKED', '11010519491231003X', 'weak');
    expect(both('strongNumber', right, wrong)).toEqual(['slip', 'slip']);
    expect(both('localNumber', right, wrong)).toEqual([null, null]);
  });

  it('agree when any does', () => {
    const two = { ids: [...id('HC', '1', 'strong').ids, ...id('RESIDENT_ID', '2', 'strong').ids] };
    expect(both('strongNumber', two, id('RESIDENT_ID', '2', 'strong'))).toEqual(['same', 'same']);
  });
});

describe('addresses', () => {
  it.each([
    ['street', 'wallabyplace', 'wallabyplace', 'same'],
    ['street', 'wallabyplace', 'walabyplace', 'alike'],
    ['street', 'wallabyplace', 'wlbyplaec', 'similar'],
    ['street', 'wallabyplace', 'kentstreet', 'unlike'],
    ['district', '西湖区', '西湖区', 'same'],
    ['city', '杭州市', '宁波市', 'unlike'],
    ['streetNumber', '177', '17', 'slip'],
    ['postalCode', '310012', '310021', 'slip'],
    ['postalCode', '310012', '325000', 'unlike'],
    ['state', '浙江省', '江苏省', 'unlike'],
    ['text', '浙江省杭州市西湖区文三路90号', '杭州市西湖区文三路90号', 'alike'],
    ['text', '浙江省杭州市西湖区文三路90号', '温州市鹿城区人民路3号', 'unlike'],
  ])('%s %s and %s: %s', (part, a, b, level) => {
    const field = part === 'text' ? 'addressText' : part;
    expect(both(field, { address: { [part]: a } }, { address: { [part]: b } })).toEqual([level, level]);
  });

  it('are compared as a whole only where they have no part in common', () => {
    const address = { text: '文三路90号', street: '文三路', streetNumber: '90' };
    expect(levelOf('addressText', { address }, { address })).toBeNull();
    expect(levelOf('addressText', { address }, { address: { text: '文三路90号' } })).toBe('same');
  });
});

it('a record that states nothing is evidence of nothing', () => {
  const full: StatedRecord = {
    name: '王小雨',
    birthDate: '19800312',
    sex: 'F',
    ids: [{ system: 'RESIDENT_ID', value: '11010519491231002X', strength: 'strong' }],
    phones: ['13800000000'],
    address: { text: '文三路90号', street: '文三路' },
  };
  expect(COMPARISONS.filter(({ field }) => levelOf(field, full, full) !== null)).not.toHaveLength(0);
  expect(COMPARISONS.map(({ field }) => levelOf(field, full, {}))).toEqual(COMPARISONS.map(() => null));
});

it('a level is one of those declared', () => {
  expect(COMPARISONS.every(({ levels }) => new Set(levels).size === levels.length)).toBe(true);
  expect(new Set(COMPARISONS.map(({ field }) => field)).size).toBe(COMPARISONS.length);
});

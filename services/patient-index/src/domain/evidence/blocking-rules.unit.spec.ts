import { describe, expect, it } from '@jest/globals';
import { recordOf, type StatedRecord } from '../../testing/compared-record.js';
import { BLOCKING_RULES, FINDING_RULES, HOUSEHOLD_RULES, pairsOf } from './blocking-rules.js';

const together = (a: StatedRecord, b: StatedRecord) =>
  [...BLOCKING_RULES, ...HOUSEHOLD_RULES, ...FINDING_RULES]
    .filter((rule) => [...pairsOf([recordOf(a), recordOf(b)], [rule])].length > 0)
    .map(({ name }) => name);

describe('records come together', () => {
  const number = { ids: [{ system: 'RESIDENT_ID', value: '11010519491231002X', strength: 'strong' as const }] };
  const local = { ids: [{ system: 'HOSPITAL:H001/', value: '7', strength: 'weak' as const }] };
  const home = { street: '文三路', streetNumber: '90', postalCode: '310012' };

  it.each<[string, StatedRecord, StatedRecord, string[]]>([
    ['by a number', number, number, ['number']],
    ['not by a number of one office', local, local, []],
    ['by a birth date', { birthDate: '19800312' }, { birthDate: '19800312' }, ['birthDate']],
    ['by a name and its pinyin', { name: '李娜' }, { name: 'LI^NA' }, ['name']],
    ['by a homophone', { name: '王小雨' }, { name: '王晓雨' }, ['name']],
    ['by a home', { address: home }, { address: home }, ['home', 'street']],
    ['by a phone', { phones: ['1'] }, { phones: ['2', '1'] }, ['phone']],
    [
      'by one part of a name at one place',
      { name: 'GREEN^M', address: { postalCode: '2119' } },
      { name: 'GREEN^T', address: { postalCode: '2119' } },
      ['nameAndPlace'],
    ],
    ['by nothing in common', { name: '李娜' }, { name: '王伟' }, []],
    ['by nothing stated', {}, {}, []],
  ])('%s', (_, a, b, rules) => expect(together(a, b)).toEqual(rules));

  it('each pair once, and in a bounded number', () => {
    const same = Array.from({ length: 2_000 }, () => recordOf({ name: '张伟', birthDate: '19600101' }));
    const pairs = [...pairsOf(same, BLOCKING_RULES)];
    expect(pairs.length).toBeLessThanOrEqual(2_000 * 50);
    expect([...pairsOf(same.slice(0, 3), BLOCKING_RULES)]).toHaveLength(3);
  });
});

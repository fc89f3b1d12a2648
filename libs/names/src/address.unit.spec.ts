import { describe, expect, it } from '@jest/globals';
import { readAddress, type StatedAddress } from './address.js';

const stated = (...lines: string[]): StatedAddress => ({ lines, district: '', city: '', state: '', postalCode: '' });
const NOWHERE = { text: '', streetNumber: '', street: '', district: '', city: '', state: '', postalCode: '' };

describe('an address', () => {
  it('in one Chinese line is kept whole', () => {
    expect(readAddress([stated('浙江省 杭州市西湖区文三路３９１号2幢301室')])).toEqual({
      ...NOWHERE,
      text: '浙江省杭州市西湖区文三路391号2幢301室',
    });
  });

  it('with its places apart is read in parts, also where the line repeats them', () => {
    const places = { state: '浙江省', city: '杭州市', district: '西湖区', postalCode: '310012' };
    const parts = {
      ...places,
      text: '浙江省杭州市西湖区文三路391号2幢',
      street: '文三路',
      streetNumber: '391',
    };
    expect(readAddress([{ lines: ['文三路391号', '2幢'], ...places }])).toEqual(parts);
    expect(readAddress([{ lines: ['浙江省杭州市西湖区文三路391号2幢'], ...places }])).toEqual(parts);
  });

  it.each([
    ['12 Emu Creek Road', '12', 'emucreekroad'],
    ['Unit 3/27a Oak  Street', '3/27a', 'oakstreet'],
    ['Rosewood Cottage', '', 'rosewoodcottage'],
  ])('in English has number and street: %s', (line, streetNumber, street) => {
    expect(readAddress([{ ...stated(line), city: 'Perth' }])).toMatchObject({ streetNumber, street, city: 'perth' });
  });

  it('is the first that says where', () => {
    const nowhere = ['不详', '无', '-', ' ', 'NULL', '\u0000'].map((line) => stated(line));
    expect(readAddress(nowhere)).toBeNull();
    expect(readAddress([])).toBeNull();
    expect(readAddress([...nowhere, stated('象山县石浦镇')])?.text).toBe('象山县石浦镇');
    expect(readAddress([{ ...stated(), postalCode: '000000' }])).toBeNull();
  });
});

import { describe, expect, it } from '@jest/globals';
import { type EventData, IdentifierType, type PatientObservedV3 } from '@yinglian/contracts';
import type { Address } from '@yinglian/names';
import fc from 'fast-check';
import type { Identifier } from './identity/identifier.js';
import { type Observation, type ObservedPatient, readObservation } from './observation.js';

type Told = EventData<typeof PatientObservedV3>;

const TODAY = '20261124';

/** Text as it comes: anything at all, halves of surrogate pairs, and what is nearly right. */
const realistic = fc.constantFrom(
  ...[
    '33990119491231006X',
    '339901491231006',
    '339902196809051019',
    '111111111111111',
    '91112319850412003３',
    'H1234567801',
  ],
  ...[
    'CAN110080120101',
    'E28233515',
    '08654321',
    '军字第1928375号',
    'U330192837',
    '0',
    'ZY-0042 1',
    'null',
    'c0ffee5a'.repeat(8),
  ],
  ...[
    '王^小雨',
    '王芳之子A',
    '陈若婴',
    '阿卜杜热西提·',
    '张?',
    '无名氏3',
    'TEST^01',
    'Baby of Wang Fang',
    'van der Berg^Jan^^Dr',
  ],
  ...[
    '王(火火)',
    'بايار·ئابدۇ',
    'བཀྲ་ཤིས',
    'LÜ^BU',
    'ﷺ'.repeat(40),
    '王'.repeat(10_000),
    '\u0130\u0149ǰ ﬁ',
    '李娜 LI NA',
    '1900-01-01',
  ],
  ...[
    '19491231',
    '20261120',
    '1949年1月5日',
    '2026',
    '男',
    '2',
    '+86 139-5712-0486',
    '13800138000',
    '文三路391号',
    '12 Emu Road',
    '浙江省',
  ],
);
const text = fc.oneof(
  realistic,
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.nat(0xffff), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
  fc.tuple(realistic, fc.string({ unit: 'binary', maxLength: 3 }), realistic).map((parts) => parts.join('')),
);
const told: fc.Arbitrary<Told> = fc.record({
  hospital: fc.constant('H001'),
  patient: fc.record({ hospital: fc.constant('H001'), issuer: text, id: text }),
  name: fc.record(
    { alphabetic: text, ideographic: text, phonetic: text, charsetGuessed: fc.boolean() },
    { requiredKeys: ['charsetGuessed'] },
  ),
  birthDate: text,
  sex: text,
  otherIds: fc.array(fc.record({ id: text, issuer: text, type: fc.constantFrom(...IdentifierType.options) }), {
    maxLength: 4,
  }),
  studyInstanceUid: fc.constant(null),
  observedAt: fc.oneof(fc.constant('2026-11-24T08:00:00.000Z'), text),
  phones: fc.array(text, { maxLength: 3 }),
  addresses: fc.array(
    fc.record({ lines: fc.array(text, { maxLength: 2 }), district: text, city: text, state: text, postalCode: text }),
    { maxLength: 2 },
  ),
  mother: fc.option(fc.record({ id: text, name: text })),
  birthOrder: fc.option(fc.integer({ min: 1, max: 16 })),
});
const before = told.map(({ phones, addresses, mother, birthOrder, ...rest }): ObservedPatient => rest);

describe('an observation', () => {
  it('comes of whatever is told, and nothing in it is longer than anything meant for comparing', () => {
    fc.assert(
      fc.property(fc.oneof(told, before), (observed) => {
        const seen = readObservation(observed, TODAY);
        for (const { value } of seen.ids) expect(Array.from(value).length).toBeLessThanOrEqual(128);
        for (const name of seen.name.han) expect(Array.from(name).length).toBeLessThanOrEqual(64);
        expect(seen.birthDate ?? '19000101').toMatch(/^\d{8}$/);
        const everything = JSON.stringify(seen);
        expect(everything.isWellFormed()).toBe(true);
        expect(everything).not.toMatch(/\p{Cc}|\\u[0d]/u);
        for (const { system } of seen.ids) expect(system).not.toMatch(/\s/);
      }),
      { numRuns: 1000 },
    );
  });

  it('told again as it was read is the same', () => {
    fc.assert(
      fc.property(told, (observed) => {
        const seen = readObservation(observed, TODAY);
        // A name that is left out, for it is nobody's, no longer says that it was a newborn's.
        fc.pre(seen.name.shown.length > 0 || !seen.flags.includes('NEWBORN'));
        const once = normalForm(seen);
        const again = readObservation({ ...observed, ...once }, TODAY);
        expect(normalForm(again)).toEqual(once);
        expect(again.residentIds).toEqual(seen.residentIds);
      }),
      { numRuns: 1000 },
    );
  });
});

/** An observation as a hospital could have told it. */
function normalForm({ name, ids, mother, birthDate, sex, phones, address, birthOrder }: Observation) {
  const [ideographic, alphabetic, phonetic] = name.shown;
  return {
    name: {
      ...(alphabetic === undefined ? {} : { alphabetic }),
      ...(ideographic === undefined ? {} : { ideographic }),
      ...(phonetic === undefined ? {} : { phonetic }),
      charsetGuessed: false,
    },
    birthDate: birthDate ?? '',
    sex,
    otherIds: ids.map(statedAs),
    phones: [...phones],
    addresses: address === null ? [] : [statedAt(address)],
    mother: mother === null ? null : { id: mother.id?.value ?? '', name: mother.name },
    birthOrder,
  };
}

/** Number and street are read from lines with spaces, which are gone. */
function statedAt({ text, district, city, state, postalCode }: Address): Told['addresses'][number] {
  return { lines: [text.slice(`${state}${city}${district}`.length)], district, city, state, postalCode };
}

function statedAs({ system, value, strength }: Identifier): Told['otherIds'][number] {
  const [, kind = '', issuer = ''] = /^([^:]*):?(.*)$/su.exec(system) ?? [];
  if (kind === 'HOSPITAL') return { id: value, issuer: issuer.slice(issuer.indexOf('/') + 1), type: 'HOSPITAL' };
  const type = IdentifierType.parse(kind.replace('_UNCHECKED', ''));
  // Evidence that its construction gave; a passport says its country itself then.
  const byConstruction = ['PASSPORT:CHN', 'PERMANENT_RESIDENCE', 'HONG_KONG_MACAO_PERMIT'].includes(system);
  if (byConstruction && strength === 'medium') return { id: value, issuer: '', type: 'UNKNOWN' };
  return { id: value, issuer, type };
}

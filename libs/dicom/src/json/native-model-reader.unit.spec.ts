import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DicomJson } from './dicom-json.js';
import { JsonModelError } from './json-model-error.js';
import { nativeModelOf } from './native-model.js';
import { NativeModelReader } from './native-model-reader.js';

function read(xml: string | Buffer, pieceBytes = 7): DicomJson {
  const reader = new NativeModelReader();
  const bytes = Buffer.from(xml);
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.write(bytes.subarray(at, at + pieceBytes));
  reader.close();
  return reader.dataSet;
}
const within = (attributes: string) => `<NativeDicomModel>${attributes}</NativeDicomModel>`;

describe('the reader of the Native DICOM Model', () => {
  it('reads what was written, in pieces of any size', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((one) => /^[^\p{C}\uFFFE\uFFFF\s]+$/u.test(one));
    const group = fc.array(
      text.map((one) => one.replace(/[\^=]/g, 'x')),
      { minLength: 1, maxLength: 5 },
    );
    const name = fc.record({ Alphabetic: group, Ideographic: group }, { requiredKeys: [] });
    const names = name.map((groups) =>
      Object.fromEntries(Object.entries(groups).map(([key, components]) => [key, components.join('^')])),
    );
    const tag = fc
      .integer({ min: 0x00080000, max: 0x7fdfffff })
      .map((one) => one.toString(16).padStart(8, '0').toUpperCase());
    const { dataSet } = fc.letrec<{ dataSet: DicomJson; element: DicomJson[string] }>((tie) => ({
      dataSet: fc.dictionary(tag, tie('element'), { maxKeys: 4, noNullPrototype: true }),
      element: fc.oneof(
        { maxDepth: 4 },
        fc.record({ vr: fc.constant('LO'), Value: fc.array(fc.option(text), { minLength: 1, maxLength: 3 }) }),
        fc.constant({ vr: 'SH' }),
        fc.record({
          vr: fc.constant('FD'),
          Value: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 2 }),
        }),
        fc.record({ vr: fc.constant('PN'), Value: fc.array(names, { minLength: 1, maxLength: 2 }) }),
        fc.record({ vr: fc.constant('OB'), InlineBinary: fc.base64String() }),
        fc.record({ vr: fc.constant('OW'), BulkDataURI: text }),
        fc.record({ vr: fc.constant('SQ'), Value: fc.array(tie('dataSet'), { minLength: 1, maxLength: 2 }) }),
      ),
    }));
    const withPrivate = dataSet.map((written) => ({
      ...written,
      '00090011': { vr: 'LO', Value: ['ACME'] },
      '00091101': { vr: 'SH', Value: ['a'] },
      '00091201': { vr: 'SH', Value: ['of nobody'] },
    }));
    fc.assert(
      fc.property(withPrivate, fc.integer({ min: 1, max: 300 }), (written, pieceBytes) => {
        expect(read(nativeModelOf(written), pieceBytes)).toEqual(JSON.parse(JSON.stringify(written)));
      }),
    );
  });

  it('knows names with a namespace and without, and reads what stands in another encoding', () => {
    const attribute =
      '<d:DicomAttribute tag="00080080" vr="LO"><d:Value number="1">Klinik Köln</d:Value></d:DicomAttribute>';
    const declared = `<?xml version="1.0" encoding="ISO-8859-1"?>\n<d:NativeDicomModel xmlns:d="x">${attribute}\n</d:NativeDicomModel>`;
    const institution = { '00080080': { vr: 'LO', Value: ['Klinik Köln'] } };
    for (const pieceBytes of [1, 50, 10_000]) {
      expect(read(Buffer.from(declared, 'latin1'), pieceBytes)).toEqual(institution);
    }
    expect(read(within(attribute.replaceAll('d:', '')))).toEqual(institution);
  });

  it('finds the block of a private element by its creator, or reserves one', () => {
    const element = (tag: string, creator: string) =>
      `<DicomAttribute tag="${tag}" vr="UN" privateCreator="${creator}"><InlineBinary>AAE=</InlineBinary></DicomAttribute>`;
    const reserved = (tag: string, creator: string) =>
      `<DicomAttribute tag="${tag}" vr="LO"><Value number="1">${creator}</Value></DicomAttribute>`;
    const value = { vr: 'UN', InlineBinary: 'AAE=' };
    const ours = element('00090001', 'OURS') + element('00090010', 'ANOTHER') + element('00091002', 'OURS');
    expect(read(within(ours + reserved('00090011', 'OURS') + reserved('00090010', 'FIRST')))).toEqual({
      '00090010': { vr: 'LO', Value: ['FIRST'] },
      '00090011': { vr: 'LO', Value: ['OURS'] },
      '00090012': { vr: 'LO', Value: ['ANOTHER'] },
      '00091002': value,
      '00091101': value,
      '00091210': value,
    });
    expect(() => read(within(element('00090001', 'OURS') + element('00090001', 'OURS')))).toThrow(JsonModelError);
  });

  it('keeps the place of values by their numbers', () => {
    const values = '<Value number="2">b</Value><Value number="4"/><Value number="5"><![CDATA[<e>]]></Value>';
    expect(read(within(`<DicomAttribute tag="0008103e" vr="LO">${values}</DicomAttribute>`))).toEqual({
      '0008103E': { vr: 'LO', Value: [null, 'b', null, null, '<e>'] },
    });
  });

  it.each([
    ['nothing', ''],
    ['no XML', 'hello'],
    ['JSON', '[{}]'],
    ['XML that does not end', within('').slice(0, -1)],
    ['XML of something else', '<Patient/>'],
    ['a second root', within('') + within('')],
    ['text beside elements', within('hello')],
    ['an element of no data set', within('<Value number="1">1</Value>')],
    ['a tag that is none', within('<DicomAttribute tag="__proto__" vr="LO"/>')],
    ['an element twice', within('<DicomAttribute tag="0008103e" vr="LO"/><DicomAttribute tag="0008103E" vr="LO"/>')],
    [
      'a number that falls',
      within('<DicomAttribute tag="00080061" vr="CS"><Value number="2"/><Value number="1"/></DicomAttribute>'),
    ],
    [
      'a number without end',
      within('<DicomAttribute tag="00080061" vr="CS"><Value number="4294967296"/></DicomAttribute>'),
    ],
    ['a number that is none', within('<DicomAttribute tag="00080061" vr="CS"><Value number="one"/></DicomAttribute>')],
    ['bulk data without an address', within('<DicomAttribute tag="7FE00010" vr="OW"><BulkData/></DicomAttribute>')],
    ['a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${within('')}`],
    ['an entity', within('<DicomAttribute tag="0008103E" vr="LO"><Value number="1">&a;</Value></DicomAttribute>')],
    [
      'elements in one another without end',
      within('<DicomAttribute tag="00081140" vr="SQ"><Item number="1">'.repeat(200)),
    ],
    ['an encoding that nobody knows', `<?xml version="1.0" encoding="x-nobody"?>${within('')}`],
  ])('refuses %s', (_, xml) => expect(() => read(xml)).toThrow(JsonModelError));

  it('refuses bytes that are no text', () => {
    const broken = Buffer.concat([
      Buffer.from('<NativeDicomModel>'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('</NativeDicomModel>'),
    ]);
    expect(() => read(broken)).toThrow(JsonModelError);
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DicomJson, STATUS } from '@yinglian/dicom';
import { BOUNDARY } from '@yinglian/testing';
import { RegistryService } from '../../testing/registry-service.js';
import { captured, GREY, OCTETS, octets, one, RLE, rleFrame } from '../testing/captured.js';
import { type DescribedPart, describedBody, METADATA_TYPE } from '../testing/described-body.js';

const [REFERENCED, FAILED, OTHER_FAILURES] = ['00081199', '00081198', '0008119A'];

describe('STOW-RS of metadata and bulk data that are wrong', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const store = (metadata: unknown, parts: readonly DescribedPart[] = [], study = '') =>
    registry.stow(describedBody(metadata, parts), { 'content-type': METADATA_TYPE }, study);
  const reasons = (json: Record<string, { Value: DicomJson[] } | undefined>, sequence: string) =>
    json[sequence]?.Value.map((item) => item['00081197']?.Value?.[0]);

  it('asks nobody for bulk data that lies elsewhere', async () => {
    let asked = 0;
    const elsewhere = createServer((_, answer) => {
      asked += 1;
      answer.end(GREY);
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    try {
      const { port } = elsewhere.address() as AddressInfo;
      const uris = [
        `http://127.0.0.1:${port}/pixels`,
        'file:///etc/passwd',
        '/dicom-web/studies/1/series/2',
        '../pixels',
      ];
      const all = uris.map((BulkDataURI) => captured({ '7FE00010': { vr: 'OB', BulkDataURI } }));
      const { status, json } = await store(all);
      expect([status, reasons(json, FAILED), asked]).toEqual([409, uris.map(() => STATUS.dataSetDoesNotMatch), 0]);
    } finally {
      elsewhere.close();
    }
  });

  it('answers for each instance, and for bulk data that nobody refers to', async () => {
    const [good, without, broken] = [
      captured(),
      captured({ '7FE00010': { vr: 'OB', BulkDataURI: 'nothing' } }),
      captured({ '00100010': one('PN', 'no groups'), '7FE00010': { vr: 'OB', BulkDataURI: 'of-broken' } }),
    ];
    const { status, json } = await store(
      [good, without, broken],
      [octets('pixels', GREY), octets('of-broken', GREY), octets('of-nobody', GREY), octets('pixels', GREY)],
    );
    const names = (sequence: string) => json[sequence].Value.map((item: DicomJson) => item['00081155']?.Value?.[0]);
    expect([status, names(REFERENCED), names(FAILED), reasons(json, FAILED), reasons(json, OTHER_FAILURES)]).toEqual([
      202,
      [good['00080018']?.Value?.[0]],
      [without, broken].map((metadata) => metadata['00080018']?.Value?.[0]),
      [STATUS.dataSetDoesNotMatch, STATUS.cannotUnderstand],
      [STATUS.dataSetDoesNotMatch, STATUS.dataSetDoesNotMatch],
    ]);
  });

  const deep = (levels: number): object => (levels === 0 ? {} : { '00400275': one('SQ', deep(levels - 1)) });
  const pixels = (type: string, body: Buffer): DescribedPart[] => [{ type, location: 'pixels', body }];
  const jpegOf = (frameType: number) =>
    Buffer.from(`ffd8ff${frameType.toString(16)}000b080002000301011100ffda0008010100003f00ffd9`, 'hex');
  const { cannotUnderstand: BROKEN, dataSetDoesNotMatch: OTHER, transferSyntaxNotSupported: SYNTAX } = STATUS;
  it.each<[what: string, status: number, changes: object, parts?: readonly DescribedPart[]]>([
    ['of an unknown value representation', BROKEN, { '00100040': one('XX', 'O') }],
    ['of another value representation than the standard’s', BROKEN, { '00100040': one('LO', 'O') }],
    ['with a number where a text belongs', BROKEN, { '00100020': one('LO', 7) }],
    ['with a text where a number belongs', BROKEN, { '00280010': one('US', 'two') }],
    ['with a number that has no room', BROKEN, { '00280010': one('US', 65_536) }],
    ['with a backslash in a value', BROKEN, { '00100020': one('LO', 'a\\b') }],
    ['with a control character', BROKEN, { '00100020': one('LO', 'a\u001b$)Ab') }],
    ['with a value that is no array', BROKEN, { '00100020': { vr: 'LO', Value: 'a' } }],
    ['with its value twice', BROKEN, { '00420011': { vr: 'OB', InlineBinary: 'AAA=', BulkDataURI: 'pixels' } }],
    ['with InlineBinary that is no base64', BROKEN, { '00420011': { vr: 'OB', InlineBinary: 'AA=A' } }],
    ['with InlineBinary of a text', BROKEN, { '00100020': { vr: 'LO', InlineBinary: 'AAA=' } }],
    ['with half a value', BROKEN, { '00420011': { vr: 'OB' }, '00660016': { vr: 'OF', InlineBinary: 'AAA=' } }],
    ['with an element that is none', BROKEN, { '00100020': null }],
    ['with a tag that is none', BROKEN, { PatientID: one('LO', '1') }],
    ['with an item', BROKEN, { FFFEE000: { vr: 'UN' } }],
    ['with a command’s element', BROKEN, { '00000002': one('UI', '1.2') }],
    ['with an item that is no data set', BROKEN, { '00400275': one('SQ', 'x') }],
    ['with a sequence as bulk data', BROKEN, { '00400275': { vr: 'SQ', BulkDataURI: 'pixels' } }],
    ['with sequences that are nested too deep', BROKEN, deep(40)],
    ['without a study', OTHER, { '0020000D': { vr: 'UI' } }],
    ['of a study that is no UID', OTHER, { '0020000D': one('UI', '1..2') }],
    ['of a service', STATUS.sopClassNotSupported, { '00080016': one('UI', '1.2.840.10008.5.1.4.31') }],
    ['with fewer pixels than it says', OTHER, {}, pixels(OCTETS, GREY.subarray(1))],
    ['with more pixels than it says', OTHER, {}, pixels(OCTETS, Buffer.alloc(8))],
    ['whose pixels nothing describes', OTHER, { '00280004': { vr: 'CS' } }],
    ['with fewer frames than it says', OTHER, { '00280008': one('IS', 2) }, pixels(RLE, rleFrame(1, 0))],
    ['with a frame of another size', OTHER, { '00280010': one('US', 9) }, pixels('image/jpeg', jpegOf(0xc0))],
    ['in a media type that DICOM has not', SYNTAX, {}, pixels('image/webp', GREY)],
    ['in big endian', SYNTAX, {}, pixels(`${OCTETS}; transfer-syntax=1.2.840.10008.1.2.2`, GREY)],
    [
      'in a transfer syntax of another type',
      SYNTAX,
      {},
      pixels('image/jls; transfer-syntax=1.2.840.10008.1.2.4.50', GREY),
    ],
    ['as JPEG that is none', BROKEN, {}, pixels('image/jpeg', GREY)],
    ['as progressive JPEG', BROKEN, {}, pixels('image/jpeg', jpegOf(0xc2))],
    [
      'as another JPEG than it says',
      BROKEN,
      {},
      pixels('image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.70', jpegOf(0xc0)),
    ],
    ['as JPEG 2000 that is none', BROKEN, {}, pixels('image/jp2', GREY)],
    ['as RLE that is none', BROKEN, {}, pixels(RLE, GREY)],
    [
      'with an icon that is compressed',
      OTHER,
      { '00880200': one('SQ', { '7FE00010': { vr: 'OB', BulkDataURI: 'icon' } }) },
      [...pixels(OCTETS, GREY), { type: 'image/jpeg', location: 'icon', body: jpegOf(0xc0) }],
    ],
  ])('refuses an instance %s, and no other', async (_, reason, changes, parts = pixels(OCTETS, GREY)) => {
    const good = captured({ '7FE00010': { vr: 'OB', BulkDataURI: 'good' } });
    const { status, json } = await store([captured(changes), good], [...parts, octets('good', GREY)]);
    expect([status, [...(reasons(json, FAILED) ?? []), ...(reasons(json, OTHER_FAILURES) ?? [])]]).toEqual([
      202,
      [reason],
    ]);
    expect(json[REFERENCED].Value).toHaveLength(1);
  });

  it('refuses instances of another study than the address names', async () => {
    const { status, json } = await store([captured()], [octets('pixels', GREY)], '/1.2.3');
    expect([status, reasons(json, FAILED)]).toEqual([409, [STATUS.dataSetDoesNotMatch]]);
  });

  const ok = () => JSON.stringify(captured({ '7FE00010': { vr: 'OB', InlineBinary: GREY.toString('base64') } }));
  it.each<[what: string, status: number, code: string, body: () => Buffer]>([
    ['that is no JSON', 400, 'STOW_METADATA_BROKEN', () => describedBody(`[${ok()}, {"a":tru}]`)],
    ['that is no array', 400, 'STOW_METADATA_BROKEN', () => describedBody(ok())],
    ['that ends early', 400, 'STOW_METADATA_BROKEN', () => describedBody(`[${ok()}`)],
    ['of numbers', 400, 'STOW_METADATA_BROKEN', () => describedBody('[1]')],
    [
      'that is not UTF-8',
      400,
      'STOW_METADATA_BROKEN',
      () => Buffer.from(describedBody(ok().replace('Wei', '\u00e9')).toString(), 'latin1'),
    ],
    ['of nothing', 400, 'STOW_WITHOUT_INSTANCES', () => describedBody('[]')],
    [
      'that is a file',
      400,
      'STOW_METADATA_BROKEN',
      () => Buffer.from(`--${BOUNDARY}\r\nContent-Type: application/dicom\r\n\r\nx\r\n--${BOUNDARY}--\r\n`),
    ],
    ['that breaks off', 400, 'STOW_MULTIPART_BROKEN', () => describedBody(`[${ok()}]`).subarray(0, 200)],
    [
      'of more than 20,000 instances',
      413,
      'STOW_METADATA_TOO_LONG',
      () => describedBody(`[${Array(20_001).fill('{}').join(',')}]`),
    ],
    [
      'with an instance of more than 16 MiB',
      413,
      'STOW_METADATA_TOO_LONG',
      () => describedBody(`[{"a":"${'x'.repeat(16 * 1024 * 1024)}"}]`),
    ],
  ])('answers metadata %s with %d %s, and stores nothing', async (_, status, code, body) => {
    const answer = await registry.stow(body(), { 'content-type': METADATA_TYPE });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it('says what it stored of a body that breaks behind some of the bulk data', async () => {
    const [whole, half] = [captured(), captured({ '7FE00010': { vr: 'OB', BulkDataURI: 'half' } })];
    const body = describedBody([whole, half], [octets('pixels', GREY), octets('half', GREY)]).subarray(0, -30);
    const { status, json } = await registry.stow(body, { 'content-type': METADATA_TYPE });
    expect([status, json[REFERENCED].Value.length, reasons(json, FAILED), reasons(json, OTHER_FAILURES)]).toEqual([
      202,
      1,
      [STATUS.dataSetDoesNotMatch],
      [STATUS.cannotUnderstand],
    ]);
  });
});

import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DicomJson, parseHeader, STATUS } from '@yinglian/dicom';
import { BOUNDARY, ctSeries, fileOf, machineHas, runProgram } from '@yinglian/testing';
import sharp from 'sharp';
import { IDENTITY_TAGS } from '../../domain/province-identity.js';
import { partsOf } from '../../testing/parts-of.js';
import { RegistryService } from '../../testing/registry-service.js';
import { type DescribedPart, describedBody, METADATA_TYPE } from '../testing/described-body.js';

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
const [REFERENCED, FAILED, OTHER_FAILURES] = ['00081199', '00081198', '0008119A'];
const OCTETS = 'application/octet-stream';
const ANY_FILE = 'application/dicom; transfer-syntax=*';
const RLE = 'image/dicom-rle; transfer-syntax=1.2.840.10008.1.2.5';

const newUid = () => `1.2.826.0.1.3680043.10.1561.51.${randomInt(2 ** 47)}`;
const one = (vr: string, ...Value: unknown[]) => ({ vr, Value });
const octets = (location: string, body: Buffer): DescribedPart => ({ type: OCTETS, location, body });

/** A secondary capture that dciodvfy has nothing against, but for its pixels: grey, of 8 bits. */
function captured(changes: object = {}): DicomJson {
  return {
    '00080005': one('CS', 'ISO_IR 100'),
    '00080016': one('UI', SECONDARY_CAPTURE),
    '00080018': one('UI', newUid()),
    '00080020': one('DA', '20261130'),
    '00080030': one('TM', '081500'),
    '00080050': { vr: 'SH' },
    '00080060': one('CS', 'OT'),
    '00080064': one('CS', 'WSD'),
    '00080090': { vr: 'PN' },
    '00100010': one('PN', { Alphabetic: 'Zhang^Wei', Ideographic: '张^伟' }),
    '00100020': one('LO', 'DESCRIBED'),
    '00100030': { vr: 'DA' },
    '00100040': one('CS', 'O'),
    '00200060': { vr: 'CS' },
    '0020000D': one('UI', newUid()),
    '0020000E': one('UI', newUid()),
    '00200010': { vr: 'SH' },
    '00200011': one('IS', 1),
    '00200013': one('IS', 1),
    '00200020': { vr: 'CS' },
    '00280002': one('US', 1),
    '00280004': one('CS', 'MONOCHROME2'),
    '00280010': one('US', 2),
    '00280011': one('US', 3),
    '00280100': one('US', 8),
    '00280101': one('US', 8),
    '00280102': one('US', 7),
    '00280103': one('US', 0),
    '7FE00010': { vr: 'OB', BulkDataURI: 'pixels' },
    ...changes,
  };
}

const GREY = Buffer.from([0, 50, 100, 150, 200, 250]);
const pathOf = (metadata: DicomJson) => {
  const [study, series, instance] = ['0020000D', '0020000E', '00080018'].map((tag) => metadata[tag]?.Value?.[0]);
  return `/dicom-web/studies/${study}/series/${series}/instances/${instance}`;
};

/** A frame of 3 × 2 in one segment: a literal run, and a byte of padding where it is asked for. */
function rleFrame(first: number, padding: number): Buffer {
  const header = Buffer.alloc(64);
  header.writeUInt32LE(1, 0);
  header.writeUInt32LE(64, 4);
  return Buffer.concat([header, Buffer.from([5, first, 2, 3, 4, 5, 6]), Buffer.alloc(padding, 0x80)]);
}

describe('STOW-RS of metadata and bulk data', () => {
  let registry: RegistryService;
  let folder: string;
  beforeAll(async () => {
    registry = await RegistryService.start();
    folder = await mkdtemp(join(tmpdir(), 'yinglian-described-'));
  });
  afterAll(async () => {
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const store = (metadata: unknown, parts: readonly DescribedPart[] = [], study = '', ending?: string) =>
    registry.stow(describedBody(metadata, parts, ending), { 'content-type': METADATA_TYPE }, study);
  const stored = async (metadata: DicomJson, ...parts: DescribedPart[]) => {
    const { status, json } = await store([metadata], parts);
    if (status !== 200) throw new Error(`It was answered ${status} ${JSON.stringify(json)}`);
    return (await registry.get(pathOf(metadata), ANY_FILE)).body;
  };
  const reasons = (json: Record<string, { Value: DicomJson[] } | undefined>, sequence: string) =>
    json[sequence]?.Value.map((item) => item['00081197']?.Value?.[0]);
  const errorsOf = async (file: Buffer): Promise<string[]> => {
    const path = join(folder, 'file.dcm');
    await writeFile(path, file);
    const { output } = await runProgram('dciodvfy', [path]);
    // Without it the program has not read the file.
    expect(output).toMatch(/^(CT|SC|Secondary)\w*/m);
    return output.match(/^Error - .*$/gm) ?? [];
  };

  it('stores as another study what WADO-RS gave of one', async () => {
    const series = ctSeries(3, 'AGAIN');
    await registry.store('H001', series.slices.map(fileOf));
    const given: DicomJson[] = (await registry.get(`/dicom-web/studies/${series.studyInstanceUid}/metadata`)).json;
    const renamed = new Map<unknown, string>();
    const again = given.map((metadata) => {
      const changed = structuredClone(metadata);
      for (const tag of ['00080018', '0020000D', '0020000E']) {
        const [uid] = changed[tag]?.Value ?? [];
        renamed.set(uid, renamed.get(uid) ?? newUid());
        changed[tag] = { vr: 'UI', Value: [renamed.get(uid)] };
      }
      return changed;
    });
    const addresses = given.map((metadata) => metadata['7FE00010']?.BulkDataURI ?? '');
    const parts: DescribedPart[] = [];
    for (const address of addresses) parts.push(octets(address, (await registry.get(address, OCTETS)).body));
    // Each is stored when its pixels are there, whatever their order.
    const { status, json } = await store(again, parts.toReversed());
    expect([status, json[REFERENCED].Value.map((item: DicomJson) => item['00081155']?.Value?.[0])]).toEqual([
      200,
      again.map((metadata) => metadata['00080018']?.Value?.[0]),
    ]);
    for (const [at, metadata] of again.entries()) {
      const [now] = (await registry.get(`${pathOf(metadata)}/metadata`)).json;
      const pixels = await registry.get(now['7FE00010'].BulkDataURI, OCTETS);
      expect(pixels.body.equals(parts[at]?.body ?? Buffer.alloc(0))).toBe(true);
      const elements = (json: DicomJson) => {
        const left = { ...json };
        for (const tag of [...IDENTITY_TAGS, '7FE00010']) delete left[tag];
        return left;
      };
      expect(elements(now)).toEqual(elements(metadata));
    }
  });

  it('writes texts in UTF-8 and says so, whatever the metadata said, and their elements in the order of their tags', async () => {
    const metadata = captured({
      '00400275': one('SQ', {
        '00400009': one('SH', '步骤'),
        '00080005': one('CS', 'GB18030'),
        '00400007': one('LO', 'µ'),
      }),
      '00080000': one('UL', 99),
      '00020010': one('UI', '1.2.840.10008.1.2.4.50'),
    });
    const shuffled = Object.fromEntries(Object.entries(metadata).reverse());
    const file = await stored(shuffled, octets('pixels', GREY));
    const { dataSet } = parseHeader(file);
    const tags = Object.keys(dataSet.elements).filter((tag) => !tag.startsWith('x0002'));
    expect(tags).toEqual(tags.toSorted());
    expect(tags.filter((tag) => /0000$/.test(tag))).toEqual([]);
    const item = dataSet.elements.x00400275?.items?.[0]?.dataSet;
    expect([dataSet.string('x00080005'), dataSet.string('x00020010'), Object.keys(item?.elements ?? {})]).toEqual([
      'ISO_IR 192',
      '1.2.840.10008.1.2.1',
      ['x00400007', 'x00400009'],
    ]);
    expect(file.includes(Buffer.from('Zhang^Wei=张^伟'))).toBe(true);
    expect(file.includes(Buffer.from('步骤'))).toBe(true);
  });

  (machineHas('dicom3tools') ? it : it.skip)('makes files that dciodvfy has nothing against', async () => {
    const jpeg = await sharp(GREY, { raw: { width: 3, height: 2, channels: 1 } })
      .toColourspace('b-w')
      .jpeg()
      .toBuffer();
    const lossy = { '00282110': one('CS', '01'), '00282112': one('DS', 2.5), '00282114': one('CS', 'ISO_10918_1') };
    expect([
      await errorsOf(await stored(captured(), octets('pixels', GREY))),
      await errorsOf(await stored(captured(lossy), { type: 'image/jpeg', location: 'pixels', body: jpeg })),
    ]).toEqual([[], []]);
  });

  it('has a Basic Offset Table of frames that come one by one, and gives them as they came', async () => {
    const frames = [rleFrame(1, 0), rleFrame(2, 1), rleFrame(3, 2)];
    const metadata = () =>
      captured({ '00280008': one('IS', 3), '7FE00010': { vr: 'OW', BulkDataURI: 'https://x/p?a=1' } });
    const inOrder = metadata();
    const numbered = metadata();
    const files = [
      await stored(inOrder, ...frames.map((body) => ({ type: RLE, location: 'https://x/p?a=1', body }))),
      await stored(
        numbered,
        ...[2, 0, 1].map((at) => ({
          type: RLE,
          location: `https://x/p?a=1/frames/${at + 1}`,
          body: frames[at] ?? GREY,
        })),
      ),
    ];
    for (const file of files) {
      const { pixelData, transferSyntaxUid, dataSet } = parseHeader(file);
      const table = file.subarray(pixelData?.offset, (pixelData?.offset ?? 0) + 20);
      expect([transferSyntaxUid, dataSet.elements.x7fe00010?.vr, pixelData?.length]).toEqual([
        '1.2.840.10008.1.2.5',
        'OB',
        undefined,
      ]);
      // An item of three offsets: of 71 and 72 bytes, each with its head and to an even length.
      expect(table.toString('hex')).toBe('feff00e00c0000000000000050000000a0000000');
    }
    const answer = await registry.get(`${pathOf(numbered)}/frames/1,2,3`, 'multipart/related; type="image/dicom-rle"');
    expect(partsOf(answer).map(({ body }) => body.subarray(0, 71).toString('hex'))).toEqual(
      frames.map((frame) => frame.subarray(0, 71).toString('hex')),
    );
  });

  it('takes frames of pixels that are not compressed, and keeps them together', async () => {
    const metadata = captured({ '00280008': one('IS', 2) });
    const file = await stored(metadata, octets('pixels/frames/2', GREY), octets('pixels/frames/1', Buffer.alloc(6, 9)));
    expect(file.subarray(-12).toString('hex')).toBe(`090909090909${GREY.toString('hex')}`);
  });

  it('describes pixels by their frame where the metadata leave that to it', async () => {
    const metadata = captured({ '00282110': one('CS', '01') });
    for (const tag of Object.keys(metadata)) if (/^00280[01]/.test(tag)) delete metadata[tag];
    const body = await sharp(Buffer.alloc(5 * 4 * 3, 77), { raw: { width: 5, height: 4, channels: 3 } })
      .jpeg()
      .toBuffer();
    const { dataSet, transferSyntaxUid } = parseHeader(
      await stored(metadata, { type: 'image/jpeg', location: 'pixels', body }),
    );
    const said = ['0002', '0006', '0010', '0011', '0100', '0101', '0102', '0103'].map((e) =>
      dataSet.uint16(`x0028${e}`),
    );
    expect([transferSyntaxUid, dataSet.string('x00280004'), said]).toEqual([
      '1.2.840.10008.1.2.4.50',
      'YBR_FULL_422',
      [3, 0, 4, 5, 8, 8, 7, 0],
    ]);
  });

  it('takes a document, and values of other elements, within sequences too, and one for several instances', async () => {
    const pdf = Buffer.from('%PDF-1.4 one byte odd');
    const document = captured({
      '00420011': { vr: 'OB', BulkDataURI: 'doc' },
      '00420012': one('LO', 'application/pdf'),
    });
    document['00080016'] = one('UI', '1.2.840.10008.5.1.4.1.1.104.1');
    delete document['7FE00010'];
    const iconOf = () =>
      captured({
        '00880200': one('SQ', { '00280010': one('US', 1), '7FE00010': { vr: 'OB', BulkDataURI: 'icon' } }),
        '00091001': { vr: 'UN', BulkDataURI: 'icon' },
        '00090010': one('LO', 'ACME'),
        '7FE00010': { vr: 'OB', BulkDataURI: 'shared' },
      });
    const [first, second] = [iconOf(), iconOf()];
    const { status } = await store(
      [document, first, second],
      [
        { type: 'application/pdf', location: 'doc', body: pdf },
        octets('icon', Buffer.from([7])),
        octets('shared', GREY),
      ],
    );
    expect(status).toBe(200);
    const value = await registry.get(`${pathOf(document)}/bulkdata/00420011`, 'application/pdf');
    expect(value.body).toEqual(Buffer.concat([pdf, Buffer.alloc(1)]));
    for (const metadata of [first, second]) {
      const { dataSet } = parseHeader((await registry.get(pathOf(metadata), ANY_FILE)).body);
      const icon = dataSet.elements.x00880200?.items?.[0]?.dataSet?.elements.x7fe00010;
      expect([icon?.length, dataSet.elements.x00091001?.length]).toEqual([2, 2]);
    }
  });

  it('takes values within the metadata, and is asked the same again with success', async () => {
    const metadata = captured({ '7FE00010': { vr: 'OB', InlineBinary: GREY.toString('base64') } });
    expect((await stored(metadata)).subarray(-6)).toEqual(GREY);
    expect((await store([metadata])).status).toBe(200);
    metadata['00104000'] = one('LT', 'otherwise');
    const { status, json } = await store([metadata]);
    expect([status, reasons(json, FAILED)]).toEqual([409, [STATUS.duplicateInstance]]);
  });

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

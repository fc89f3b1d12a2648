import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DicomJson, parseHeader, STATUS } from '@yinglian/dicom';
import { ctSeries, fileOf, machineHas, runProgram } from '@yinglian/testing';
import sharp from 'sharp';
import { IDENTITY_TAGS } from '../../domain/province-identity.js';
import { partsOf } from '../../testing/parts-of.js';
import { RegistryService } from '../../testing/registry-service.js';
import { captured, GREY, newUid, OCTETS, octets, one, pathOf, RLE, rleFrame } from '../testing/captured.js';
import { type DescribedPart, describedBody, METADATA_TYPE } from '../testing/described-body.js';

const [REFERENCED, FAILED] = ['00081199', '00081198'];
const ANY_FILE = 'application/dicom; transfer-syntax=*';

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

  const store = (metadata: unknown, parts: readonly DescribedPart[] = []) =>
    registry.stow(describedBody(metadata, parts), { 'content-type': METADATA_TYPE });
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

  it.each([
    ['behind all frames', 2],
    ['between them', 1],
  ])('takes a value of another element that comes %s', async (_, at) => {
    const metadata = captured({ '00280008': one('IS', 2), '00420011': { vr: 'OB', BulkDataURI: 'doc' } });
    const frames = [octets('pixels/frames/1', GREY), octets('pixels/frames/2', GREY)];
    const file = await stored(
      metadata,
      ...frames.slice(0, at),
      octets('doc', Buffer.from('a document')),
      ...frames.slice(at),
    );
    expect(file.includes('a document')).toBe(true);
    expect(file.subarray(-12).equals(Buffer.concat([GREY, GREY]))).toBe(true);
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
});

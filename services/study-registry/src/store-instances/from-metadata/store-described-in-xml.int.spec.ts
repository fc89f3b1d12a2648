import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DicomJson, nativeModelOf, STATUS } from '@yinglian/dicom';
import { machineHas, runProgram, storableFiles } from '@yinglian/testing';
import { RegistryService } from '../../testing/registry-service.js';
import { captured, GREY, newUid, OCTETS, octets, one, pathOf } from '../testing/captured.js';
import {
  type DescribedPart,
  describedBody,
  describedInXml,
  METADATA_TYPE,
  XML_TYPE,
} from '../testing/described-body.js';

const [REFERENCED, FAILED, OTHER_FAILURES] = ['00081199', '00081198', '0008119A'];

describe('STOW-RS of metadata in XML', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const store = (documents: readonly (string | Buffer)[], parts: readonly DescribedPart[] = []) =>
    registry.stow(describedInXml(documents, parts), { 'content-type': XML_TYPE });
  const reasons = (json: Record<string, { Value: DicomJson[] } | undefined>, sequence: string) =>
    json[sequence]?.Value.map((item) => item['00081197']?.Value?.[0]) ?? [];

  it('makes the file that the same in JSON makes, with bulk data and without', async () => {
    const described = [
      captured({
        '00081032': one('SQ', { '00080100': one('SH', 'CT'), '00080104': one('LO', 'a < b & "c"') }),
        '00091001': one('FD', 0.1, Number.MAX_VALUE),
        '00090010': one('LO', 'ACME'),
        '00180050': one('DS', 1.25),
        '0020000E': one('UI', newUid()),
      }),
      captured({ '7FE00010': { vr: 'OB', InlineBinary: GREY.toString('base64') } }),
    ];
    const pixels = [octets('pixels', GREY)];
    const { status, json } = await store(described.map(nativeModelOf), pixels);
    expect([status, json[REFERENCED].Value.length]).toEqual([200, 2]);
    // Other bytes under these UIDs would be refused.
    const again = await registry.stow(describedBody(described, pixels), { 'content-type': METADATA_TYPE });
    expect([again.status, again.json[FAILED]]).toEqual([200, undefined]);
  });

  it('refuses an instance that cannot be read, and no other, and knows its bulk data', async () => {
    const [good, unreadable] = [captured(), captured({ '7FE00010': { vr: 'OB', BulkDataURI: 'unread' } })];
    const cutOff = nativeModelOf(unreadable).slice(0, -20);
    const parts = [octets('pixels', GREY), octets('unread', GREY), octets('unknown', GREY)];
    const { status, json } = await store([cutOff, nativeModelOf(good)], parts);
    expect([status, json[REFERENCED].Value.length]).toEqual([202, 1]);
    expect([reasons(json, FAILED), reasons(json, OTHER_FAILURES)]).toEqual([
      [STATUS.cannotUnderstand],
      [STATUS.dataSetDoesNotMatch],
    ]);
  });

  it.each([
    ['of bulk data alone', 400, 'STOW_METADATA_BROKEN', () => describedInXml([], [octets('pixels', GREY)])],
    ['of nothing', 400, 'STOW_MULTIPART_BROKEN', () => describedInXml([]).subarray(0, 10)],
    [
      'with an instance of more than 16 MiB',
      413,
      'STOW_METADATA_TOO_LONG',
      () => describedInXml([`<NativeDicomModel>${' '.repeat(16 * 1024 * 1024)}</NativeDicomModel>`]),
    ],
  ])('answers a body %s with %d %s', async (_, status, code, body) => {
    const answer = await registry.stow(body(), { 'content-type': XML_TYPE });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  (machineHas('dcmtk') && machineHas('pydicom') ? it : it.skip)(
    'takes what DCMTK writes of a file, in Latin letters, without a namespace',
    async () => {
      const file = (await storableFiles()).find(({ path }) => path.endsWith('/CT_small.dcm'));
      const { stdout } = await runProgram('dcm2xml', [
        '--native-format',
        '--load-all',
        '--encode-base64',
        file?.path ?? '',
      ]);
      const { status, json } = await store([Buffer.from(stdout, 'latin1')]);
      expect([status, json[FAILED]]).toEqual([200, undefined]);
      const [study, series, instance] = ['0020000D', '0020000E', '00080018'].map(
        (tag) => new RegExp(`tag="${tag}".*?<Value number="1">([\\d.]+)`, 's').exec(stdout)?.[1] ?? '',
      );
      const named = { '0020000D': one('UI', study), '0020000E': one('UI', series), '00080018': one('UI', instance) };
      const { json: stored } = await registry.get(`${pathOf(named)}/metadata`);
      expect(stored[0]['00091001']).toEqual({ vr: 'LO', Value: ['GE_GENESIS_FF'] });
      expect(stored[0]['00280010']).toEqual({ vr: 'US', Value: [128] });
      // Byte by byte what the document says: DCMTK 3.6.7 writes words in big endian, where the standard has little endian.
      const [, inline = ''] = /tag="7FE00010".*?<InlineBinary>([^<]*)/s.exec(stdout) ?? [];
      const pixels = await registry.get(stored[0]['7FE00010'].BulkDataURI, OCTETS);
      expect(pixels.body.equals(Buffer.from(inline, 'base64'))).toBe(true);
      expect(file?.bytes.includes(Buffer.from(inline, 'base64').swap16())).toBe(true);
    },
  );
});

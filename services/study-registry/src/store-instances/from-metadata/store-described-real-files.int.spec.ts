import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DicomJson } from '@yinglian/dicom';
import { machineHas, peersPython, runProgram, storableFiles } from '@yinglian/testing';
import { RegistryService } from '../../testing/registry-service.js';
import { describedBody, METADATA_TYPE } from '../testing/described-body.js';

const SCRIPT = fileURLToPath(new URL('../testing/describe-with-pydicom.py', import.meta.url));

const [PHOTOMETRIC, BITS_STORED, HIGH_BIT, IS_SIGNED] = ['(0028,0004)', '(0028,0101)', '(0028,0102)', '(0028,0103)'];
/** Where frames of JPEG and its kind describe themselves otherwise than their file did, which the metadata leave to them. */
const EXPECTED = {
  // Its frame is a JP2 file, of which the codestream is stored.
  'GDCMJ2K_TextGBR.dcm': ['pixels'],
  // Its 14 bits are coded in 16.
  '693_J2KI.dcm': [BITS_STORED, HIGH_BIT],
  // Named for it.
  'J2K_pixelrep_mismatch.dcm': [IS_SIGNED],
  // JPEG-LS does not tell.
  'MR_small_jpeg_ls_lossless.dcm': [IS_SIGNED],
  // Nothing in its frame says that it is RGB.
  'SC_jpeg_no_color_transform.dcm': [PHOTOMETRIC],
  // Their colours have fewer samples, which their files do not say.
  'SC_rgb_dcmtk_+eb+cy+n1.dcm': [PHOTOMETRIC],
  'SC_rgb_dcmtk_+eb+cy+n2.dcm': [PHOTOMETRIC],
  'SC_rgb_jpeg_lossy_gdcm.dcm': [PHOTOMETRIC],
};

/** Some of each kind: not compressed, JPEG, JPEG-LS, JPEG 2000 and RLE, of one frame and of several. */
const VALIDATED = [
  'CT_small.dcm',
  'MR_small.dcm',
  'MR_small_RLE.dcm',
  'MR_small_jp2klossless.dcm',
  'MR_small_jpeg_ls_lossless.dcm',
  'examples_overlay.dcm',
  'examples_palette.dcm',
  'examples_rgb_color.dcm',
  'examples_ybr_color.dcm',
  'JPEG-lossy.dcm',
  'SC_rgb_rle_2frame.dcm',
  'examples_jpeg2k.dcm',
];

/** What pydicom makes of a file: its metadata as JSON, and its bulk data. */
interface Described {
  readonly path: string;
  readonly uids: readonly [study: string, series: string, instance: string];
  readonly metadata: string;
  readonly parts: readonly { type: string; location: string; body: string }[];
}

async function askPydicom<Answer>(questions: readonly object[]): Promise<Answer[]> {
  const lines = questions.map((question) => JSON.stringify(question)).join('\n');
  const { stdout, output } = await runProgram(peersPython, [SCRIPT], lines);
  if (stdout === '') throw new Error(output);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

(machineHas('pydicom') ? describe : describe.skip)('STOW-RS of metadata and bulk data, of what there is', () => {
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

  const errorsOf = async (path: string): Promise<string[]> => {
    const { output } = await runProgram('dciodvfy', [path]);
    // Without it the program has not read the file.
    expect(output).toMatch(/^(CT|MR|NM|SC|US|Multiframe)\w*$/m);
    return output.match(/^Error - .*$/gm) ?? [];
  };

  it('makes real files of all kinds again that pydicom took apart', async () => {
    const files = storableFiles();
    const answers = await askPydicom<Described | { error: string }>(files.map(({ path }) => ({ path })));
    // One has a value that pydicom cannot write in JSON.
    const described = answers.filter((answer) => 'parts' in answer);
    expect(described.length).toBeGreaterThan(files.length - 3);
    const parts = described.flatMap((one) => one.parts);
    const body = describedBody(
      `[${described.map(({ metadata }) => metadata).join(',')}]`,
      parts.map((part) => ({ ...part, body: Buffer.from(part.body, 'base64') })),
    );
    const { status, json } = await registry.stow(body, { 'content-type': METADATA_TYPE });
    const failed: DicomJson[] = json['00081198'].Value;
    const nameOf = (item: DicomJson) =>
      basename(described.find(({ uids }) => uids[2] === item['00081155']?.Value?.[0])?.path ?? '');
    // A codestream whose header says another size, and more pixels than there are in the image.
    expect([status, failed.map(nameOf), json['0008119A']]).toEqual([
      202,
      ['JPEG2000-embedded-sequence-delimiter.dcm', 'MR_small_padded.dcm'],
      undefined,
    ]);
    const stored = described.filter(({ uids }) => !JSON.stringify(failed).includes(uids[2]));
    const made: { path: string; received: string; metadata: DicomJson }[] = [];
    for (const { path, uids } of stored) {
      const [study, series, instance] = uids;
      const address = `/dicom-web/studies/${study}/series/${series}/instances/${instance}`;
      const received = join(folder, `${instance}.dcm`);
      await writeFile(received, (await registry.get(address, 'application/dicom; transfer-syntax=*')).body);
      const [metadata] = (await registry.get(`${address}/metadata`)).json;
      made.push({ path, received, metadata });
    }
    const differences = (await askPydicom<string[]>(made)).map((each, at) => [basename(stored[at]?.path ?? ''), each]);
    expect(Object.fromEntries(differences.filter(([, each]) => each?.length !== 0))).toEqual(EXPECTED);
    if (!machineHas('dicom3tools')) return;
    const validated = made.filter(({ path }) => VALIDATED.includes(basename(path)));
    expect(validated).toHaveLength(VALIDATED.length);
    for (const { path, received } of validated) {
      const known = new Set(await errorsOf(path));
      const errors = (await errorsOf(received)).filter((error) => !known.has(error));
      expect({ path, errors }).toEqual({ path, errors: [] });
    }
  }, 240_000);
});

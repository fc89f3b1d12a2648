import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas, runProgram, type StorableFile, storableFiles } from '@yinglian/testing';
import { RegistryService } from '../testing/registry-service.js';
import { targetSyntaxes } from '../transcode-images/encode/target-syntaxes.js';

const DEFLATED = '1.2.840.10008.1.2.1.99';
const HTJ2K = ['1.2.840.10008.1.2.4.201', '1.2.840.10008.1.2.4.202'];

/** The same file, told to be JPEG 2000 in its file meta information. */
function asJpeg2000(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  return Buffer.from(text.replace(/1\.2\.840\.10008\.1\.2\.4\.20[12]\0/, '1.2.840.10008.1.2.4.90\0\0'), 'latin1');
}

/** One of each kind, none of them compressed. */
const NAMES = [
  'CT_small.dcm',
  'MR_small.dcm',
  'examples_overlay.dcm',
  'examples_palette.dcm',
  'examples_rgb_color.dcm',
];

(machineHas('pydicom', 'dicom3tools', 'dcmtk') ? describe : describe.skip)('a file in another transfer syntax', () => {
  let registry: RegistryService;
  let folder: string;
  beforeAll(async () => {
    registry = await RegistryService.start();
    folder = await mkdtemp(join(tmpdir(), 'yinglian-valid-'));
  });
  afterAll(async () => {
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const errorsOf = async (bytes: Buffer, syntax?: string): Promise<string[]> => {
    const path = join(folder, 'file.dcm');
    // dciodvfy is older than HTJ2K, whose files differ from JPEG 2000's by the code stream alone.
    await writeFile(path, HTJ2K.includes(syntax ?? '') ? asJpeg2000(bytes) : bytes);
    // Nor does it inflate.
    if (syntax === DEFLATED) expect(await runProgram('dcmconv', ['+te', path, path])).toMatchObject({ code: 0 });
    const { output } = await runProgram('dciodvfy', [path]);
    // Without it the program has not read the file.
    expect(output).toMatch(/^(CT|MR|Ultrasound|US)\w*/m);
    return output.match(/^Error - .*$/gm) ?? [];
  };
  const fileNamed = (name: string): StorableFile => {
    const found = storableFiles().find((file) => basename(file.name) === name);
    if (found === undefined) throw new Error(`pydicom has no ${name}`);
    return found;
  };

  it.each(NAMES)('has no error to dciodvfy that %s has not', async (name) => {
    const original = fileNamed(name);
    await registry.store('H001', [original.bytes]);
    const known = new Set(await errorsOf(original.bytes));
    const [found] = await registry.find(`/instances?SOPInstanceUID=${original.sopInstanceUid}`);
    const uid = (tag: string) => String(found?.[tag]?.Value?.[0]);
    const address = `/dicom-web/studies/${uid('0020000D')}/series/${uid('0020000E')}/instances/${uid('00080018')}`;
    const given: string[] = [];
    for (const syntax of targetSyntaxes.keys()) {
      const { status, body } = await registry.get(address, `application/dicom; transfer-syntax=${syntax}`);
      if (status !== 200) continue;
      given.push(syntax);
      expect({ syntax, errors: (await errorsOf(body, syntax)).filter((error) => !known.has(error)) }).toEqual({
        syntax,
        errors: [],
      });
    }
    expect(given.length).toBeGreaterThan(5);
  });
});

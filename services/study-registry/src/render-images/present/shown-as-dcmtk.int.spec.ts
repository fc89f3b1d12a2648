import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { unwrap } from '@yinglian/platform';
import { machineHas, type RealFile, realFiles, uint16 } from '@yinglian/testing';
import { type Elements, lookupTable, stateFile, windowed } from '../../testing/presentation-states.js';
import { presentedFile, presentedImage } from '../../testing/presented-image.js';
import { pixelsOf, presentedPicture } from '../testing/presented-picture.js';
import { within } from '../viewport.js';

const [COLUMNS, ROWS] = [24, 16];
/** A grey may be rounded the other way. */
const ROUNDING = 1;

const image = presentedImage(COLUMNS, ROWS);

/** Twelve bits, from 0 to 4095, and no turn looks like another. */
const VALUES = Uint16Array.from({ length: COLUMNS * ROWS }, (_, index) =>
  Math.round((index * 4095) / (COLUMNS * ROWS - 1)),
);
/** What the state has to stand in place of. */
const OWN: Elements = {
  '00281050': ['DS', '100'],
  '00281051': ['DS', '10'],
  '00281052': ['DS', '-77'],
  '00281053': ['DS', '3'],
};

const rescaled: Elements = { '00281052': ['DS', '-1024'], '00281053': ['DS', '2'], '00281054': ['LO', 'US'] };
const turned = (degrees: number, flip: 'Y' | 'N'): Elements => ({
  '00700041': ['CS', flip],
  '00700042': ['US', uint16(degrees)],
});
const curve = (entries: number, bits: number) =>
  Array.from({ length: entries }, (_, index) => Math.round((2 ** bits - 1) * (index / (entries - 1)) ** 2));
const tableIn = (tag: string, table: Elements): Elements => ({ [tag]: ['SQ', [table]] });
const CASES: readonly [what: string, state: Elements, image?: Elements][] = [
  ['no window', {}],
  ['no window, rescaled', rescaled],
  ['no window, signed', {}, { '00280103': ['US', uint16(1)] }],
  ['a window', windowed(1000, 500)],
  ['a window after rescaling', { ...rescaled, ...windowed(1000, 3000) }],
  ['a window of MONOCHROME1', windowed(1000, 500), { '00280004': ['CS', 'MONOCHROME1'] }],
  ['an inverse shape', { ...windowed(1000, 500), '20500020': ['CS', 'INVERSE'] }],
  [
    'an inverse shape of MONOCHROME1',
    { ...windowed(1000, 500), '20500020': ['CS', 'INVERSE'] },
    { '00280004': ['CS', 'MONOCHROME1'] },
  ],
  ['a VOI LUT', tableIn('00283110', tableIn('00283010', lookupTable(500, 8, curve(256, 8))))],
  ['a VOI LUT of 16 bits', tableIn('00283110', tableIn('00283010', lookupTable(0, 16, curve(4096, 16))))],
  ['a modality LUT', tableIn('00283000', { ...lookupTable(0, 16, curve(4096, 16)), '00283004': ['LO', 'US'] })],
  [
    'a modality LUT and a window',
    {
      ...tableIn('00283000', { ...lookupTable(100, 12, curve(3000, 12)), '00283004': ['LO', 'US'] }),
      ...windowed(1500, 2000),
    },
  ],
  [
    'a VOI LUT from a negative value on, of signed pixels',
    tableIn('00283110', tableIn('00283010', lookupTable(65_536 - 1_000, 12, curve(2048, 12)))),
    { '00280103': ['US', uint16(1)] },
  ],
  [
    'a VOI LUT from a negative value on, after rescaling',
    { ...rescaled, ...tableIn('00283110', tableIn('00283010', lookupTable(65_536 - 1_000, 12, curve(4096, 12)))) },
  ],
  [
    'a presentation LUT',
    { ...windowed(2000, 4000), '20500020': undefined, ...tableIn('20500010', lookupTable(0, 12, curve(4096, 12))) },
  ],
  ...[0, 90, 180, 270].flatMap((degrees) =>
    (['N', 'Y'] as const).map((flip): [string, Elements] => [
      `${degrees} degrees ${flip}`,
      { ...windowed(2000, 4000), ...turned(degrees, flip) },
    ]),
  ),
];

/** Those of which DCMTK makes states, once each: CT, MR in several syntaxes, dose grids of 32 bits, ultrasound, deflated captures. */
const COMPARED = /\/(CT_small|MR_small(_\w+)?|rtdose(_1frame)?|image_dfl|examples_overlay|chrX1)\.dcm$/;
const isCompared = ({ name }: RealFile) => COMPARED.test(name);

function farthest(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let at = 0; at < one.length; at += 1) most = Math.max(most, Math.abs((one[at] ?? 0) - (other[at] ?? 0)));
  return most;
}

(machineHas('dcmtk') ? describe : describe.skip)('a presentation state', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yinglian-states-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(CASES)('with %s shows the greys that DCMTK shows', async (_, changes, ofImage = {}) => {
    const state = stateFile(image, changes).file;
    const file = presentedFile(image, VALUES, { ...OWN, ...ofImage });
    const shown = await pixelsOf(unwrap(await presentedPicture(file, state)));
    const theirs = dcmtk(file, state);
    expect([shown.width, shown.height]).toEqual([theirs.width, theirs.height]);
    const most = Math.max(...[...shown.data].map((grey, index) => Math.abs(grey - (theirs.data[index] ?? 0))));
    expect(most).toBeLessThanOrEqual(ROUNDING);
    expect(new Set(shown.data).size).toBeGreaterThan(10);
  });

  it('that DCMTK makes of a real image shows what DCMTK shows, in whatever syntax it is', async () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const { name, bytes } of realFiles().filter(isCompared)) {
      for (const syntax of ['+te', '+ti', '+tb']) {
        const state = madeByDcmtk(bytes, syntax);
        if (state === null) continue;
        const theirs = dcmtk(bytes, state);
        const viewport = { ...within(0), width: theirs.width, height: theirs.height, enlarges: true };
        const picture = await presentedPicture(bytes, state, { viewport });
        if (!picture.ok) {
          wrong.push(`${basename(name)} ${syntax}: ${picture.problem.code} ${picture.detail ?? ''}`);
          continue;
        }
        const shown = await pixelsOf(picture.value);
        const most = farthest(shown.data, theirs.data);
        if (most > ROUNDING) wrong.push(`${basename(name)} ${syntax}: ${most}`);
        compared += 1;
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(25);
  }, 120_000);

  /** Null when DCMTK makes none of it. */
  function madeByDcmtk(file: Buffer, syntax: string): Buffer | null {
    const [imagePath, statePath] = ['image.dcm', 'state.dcm'].map((name) => join(folder, name));
    writeFileSync(imagePath ?? '', file);
    try {
      execFileSync('dcmpsmk', ['-o', '-c', '-s', syntax, imagePath ?? '', statePath ?? ''], { stdio: 'pipe' });
      execFileSync('dcmp2pgm', ['-p', statePath ?? '', imagePath ?? '', join(folder, 'shown.pgm')], { stdio: 'pipe' });
      return readFileSync(statePath ?? '');
    } catch {
      return null;
    }
  }

  function dcmtk(file: Buffer, state: Buffer) {
    const [imagePath, statePath, shown] = ['image.dcm', 'state.dcm', 'shown.pgm'].map((name) => join(folder, name));
    writeFileSync(imagePath ?? '', file);
    writeFileSync(statePath ?? '', state);
    execFileSync('dcmp2pgm', ['-p', statePath ?? '', imagePath ?? '', shown ?? ''], { stdio: 'pipe' });
    const [, width, height, body] =
      /^P5\s+(?:#.*\s+)?(\d+) (\d+)\s+255\s([\s\S]*)$/.exec(readFileSync(shown ?? '', 'latin1')) ?? [];
    return { width: Number(width), height: Number(height), data: [...Buffer.from(body ?? '', 'latin1')] };
  }
});

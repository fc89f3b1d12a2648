import type { Element } from './data-set.js';
import { BRAIN_MR, brainMr, type Weighting } from './phantoms/brain-mr.js';
import { CHEST_CT, chestCt } from './phantoms/chest-ct.js';
import { CHEST_DX, chestDx } from './phantoms/chest-dx.js';

export type SeriesImages = { readonly seed: number; readonly description: string } & (
  | { readonly kind: 'chest-ct'; readonly slices: number; readonly bloodHu: number }
  | { readonly kind: 'brain-mr'; readonly weighting: Weighting; readonly slices: number }
  | { readonly kind: 'chest-dx' }
);

export interface Image {
  readonly sopClassUid: string;
  readonly modality: string;
  readonly elements: readonly Element[];
}

const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2';
const MR_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.4';
const DX_IMAGE_STORAGE_FOR_PRESENTATION = '1.2.840.10008.5.1.4.1.1.1.1';

/** The images of a series, one after the other, so that one is in memory at a time. */
export function imagesOf(series: SeriesImages): Iterable<Image> {
  switch (series.kind) {
    case 'chest-ct':
      return ctImages(series);
    case 'brain-mr':
      return mrImages(series);
    case 'chest-dx':
      return dxImages(series.seed);
  }
}

function* ctImages(series: SeriesImages & { kind: 'chest-ct' }): Generator<Image> {
  const { size, spacingMm } = CHEST_CT;
  const sliceMm = 300 / series.slices;
  for (const { zMm, hu } of chestCt(series)) {
    yield {
      sopClassUid: CT_IMAGE_STORAGE,
      modality: 'CT',
      elements: [
        [0x00080008, 'CS', 'ORIGINAL\\PRIMARY\\AXIAL'],
        [0x00180050, 'DS', decimal(sliceMm)],
        [0x00180060, 'DS', '120'],
        [0x00185100, 'CS', 'HFS'],
        ...axial(size, spacingMm, zMm),
        ...greyscale({ rows: size, columns: size, bits: 16, signed: true, spacingMm, centre: 40, width: 400 }),
        [0x00281052, 'DS', '0'],
        [0x00281053, 'DS', '1'],
        [0x00281054, 'LO', 'HU'],
        [0x7fe00010, 'OW', new Uint16Array(hu.buffer)],
      ],
    };
  }
}

function* mrImages(series: SeriesImages & { kind: 'brain-mr' }): Generator<Image> {
  const { size, spacingMm, sliceMm } = BRAIN_MR;
  const [repetition, echo] = series.weighting === 'T1' ? ['500', '12'] : ['4200', '98'];
  for (const { zMm, signal } of brainMr(series.weighting, series.slices, series.seed)) {
    yield {
      sopClassUid: MR_IMAGE_STORAGE,
      modality: 'MR',
      elements: [
        [0x00080008, 'CS', 'ORIGINAL\\PRIMARY\\M\\SE'],
        [0x00180020, 'CS', 'SE'],
        [0x00180021, 'CS', 'NONE'],
        [0x00180022, 'CS', ''],
        [0x00180023, 'CS', '2D'],
        [0x00180050, 'DS', decimal(sliceMm)],
        [0x00180080, 'DS', repetition],
        [0x00180081, 'DS', echo],
        [0x00185100, 'CS', 'HFS'],
        ...axial(size, spacingMm, zMm),
        ...greyscale({ rows: size, columns: size, bits: 12, signed: false, spacingMm, centre: 500, width: 1000 }),
        [0x7fe00010, 'OW', signal],
      ],
    };
  }
}

function* dxImages(seed: number): Generator<Image> {
  const { rows, columns, spacingMm } = CHEST_DX;
  yield {
    sopClassUid: DX_IMAGE_STORAGE_FOR_PRESENTATION,
    modality: 'DX',
    elements: [
      [0x00080008, 'CS', 'ORIGINAL\\PRIMARY'],
      [0x00080068, 'CS', 'FOR PRESENTATION'],
      [0x00181164, 'DS', `${spacingMm}\\${spacingMm}`],
      [0x00185101, 'CS', 'PA'],
      [0x00200020, 'CS', 'L\\F'],
      [0x00200062, 'CS', 'U'],
      ...greyscale({ rows, columns, bits: 12, signed: false, spacingMm, centre: 2048, width: 3900 }),
      [0x00281040, 'CS', 'LIN'],
      [0x00281041, 'SS', new Uint16Array([1])],
      [0x00281052, 'DS', '0'],
      [0x00281053, 'DS', '1'],
      [0x00281054, 'LO', 'US'],
      [0x20500020, 'CS', 'IDENTITY'],
      [0x7fe00010, 'OW', chestDx(seed)],
    ],
  };
}

/** Image Plane module (PS3.3 section C.7.6.2) of a slice across the body. */
function axial(size: number, spacingMm: number, zMm: number): Element[] {
  const corner = decimal((-size / 2 + 0.5) * spacingMm);
  return [
    [0x00200032, 'DS', `${corner}\\${corner}\\${decimal(zMm)}`],
    [0x00200037, 'DS', '1\\0\\0\\0\\1\\0'],
    [0x00201041, 'DS', decimal(zMm)],
  ];
}

interface Greyscale {
  readonly rows: number;
  readonly columns: number;
  readonly bits: number;
  readonly signed: boolean;
  readonly spacingMm: number;
  readonly centre: number;
  readonly width: number;
}

/** Image Pixel module (PS3.3 section C.7.6.3) and a window to look through. */
const greyscale = ({ rows, columns, bits, signed, spacingMm, centre, width }: Greyscale): Element[] => [
  [0x00280002, 'US', new Uint16Array([1])],
  [0x00280004, 'CS', 'MONOCHROME2'],
  [0x00280010, 'US', new Uint16Array([rows])],
  [0x00280011, 'US', new Uint16Array([columns])],
  [0x00280030, 'DS', `${spacingMm}\\${spacingMm}`],
  [0x00280100, 'US', new Uint16Array([16])],
  [0x00280101, 'US', new Uint16Array([bits])],
  [0x00280102, 'US', new Uint16Array([bits - 1])],
  [0x00280103, 'US', new Uint16Array([signed ? 1 : 0])],
  [0x00281050, 'DS', String(centre)],
  [0x00281051, 'DS', String(width)],
];

/** At most 16 characters (PS3.5 section 6.2, VR DS). */
const decimal = (value: number) => String(Number(value.toFixed(4)));

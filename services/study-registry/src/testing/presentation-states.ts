import { randomInt } from 'node:crypto';
import { EXPLICIT_LITTLE_ENDIAN, element, part10, uint16 } from '@yinglian/testing';

export const GREY_STATE = '1.2.840.10008.5.1.4.1.1.11.1';
export const COLOUR_STATE = '1.2.840.10008.5.1.4.1.1.11.2';

/** Elements by tag; a sequence is its items, undefined leaves an element out. */
export interface Elements {
  readonly [tag: string]: readonly [vr: string, value: string | Buffer | readonly Elements[]] | undefined;
}

export interface PresentedImage {
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly patientId: string;
  readonly sopClassUid: string;
  readonly sopInstanceUids: readonly string[];
  readonly columns: number;
  readonly rows: number;
}

export interface StateFile {
  readonly file: Buffer;
  readonly sopInstanceUid: string;
  /** Of the instance, from the service's root. */
  readonly address: string;
  readonly series: string;
}

/** A whole presentation state of images, which shows them as they are; what is given stands in place of that. */
export function stateFile(image: PresentedImage, changes: Elements = {}, sopClassUid = GREY_STATE): StateFile {
  const [sopInstanceUid, seriesUid] = [newUid(), newUid()];
  const elements: Elements = {
    '00080005': ['CS', 'ISO_IR 192'],
    '00080016': ['UI', sopClassUid],
    '00080018': ['UI', sopInstanceUid],
    '00080020': ['DA', '20260105'],
    '00080030': ['TM', '081500'],
    '00080050': ['SH', ''],
    '00080060': ['CS', 'PR'],
    '00080070': ['LO', 'Test'],
    '00080090': ['PN', ''],
    '00081115': ['SQ', [{ '00081140': ['SQ', references(image)], '0020000E': ['UI', image.seriesUid] }]],
    '00100010': ['PN', 'State^Test'],
    '00100020': ['LO', image.patientId],
    '00100030': ['DA', ''],
    '00100040': ['CS', ''],
    '0020000D': ['UI', image.studyUid],
    '0020000E': ['UI', seriesUid],
    '00200010': ['SH', ''],
    '00200011': ['IS', '11'],
    '00200013': ['IS', '1'],
    '00700041': ['CS', 'N'],
    '00700042': ['US', uint16(0)],
    '0070005A': ['SQ', [displayedArea([1, 1], [image.columns, image.rows])]],
    '00700080': ['CS', 'VIEW'],
    '00700081': ['LO', ''],
    '00700082': ['DA', '20260105'],
    '00700083': ['TM', '081500'],
    '00700084': ['PN', 'Doctor^Test'],
    ...(sopClassUid === GREY_STATE ? { '20500020': ['CS', 'IDENTITY'] as const } : {}),
    ...changes,
  };
  const study = `/dicom-web/studies/${image.studyUid}`;
  return {
    file: part10(sopClassUid, sopInstanceUid, dataSetOf(elements), EXPLICIT_LITTLE_ENDIAN),
    sopInstanceUid,
    address: `${study}/series/${seriesUid}/instances/${sopInstanceUid}`,
    series: `${study}/series/${seriesUid}`,
  };
}

const newUid = () => `1.2.826.0.1.3680043.10.1561.${randomInt(2 ** 47)}.${randomInt(2 ** 47)}`;

export const references = ({ sopClassUid, sopInstanceUids }: PresentedImage): readonly Elements[] =>
  sopInstanceUids.map((uid) => ({ '00081150': ['UI', sopClassUid], '00081155': ['UI', uid] }));

export const displayedArea = (from: Pair, to: Pair, changes: Elements = {}): Elements => ({
  '00700052': ['SL', longs(...from)],
  '00700053': ['SL', longs(...to)],
  '00700100': ['CS', 'SCALE TO FIT'],
  '00700101': ['DS', '1\\1'],
  ...changes,
});

type Pair = readonly [column: number, row: number];

/** Graphics of one layer, which is white. */
export const layer = (name = 'NOTES', order = 1, value = 0xffff): Elements => ({
  '00700002': ['CS', name],
  '00700062': ['IS', String(order)],
  '00700066': ['US', uint16(value)],
});

export function graphic(type: string, points: readonly number[], changes: Elements = {}): Elements {
  return {
    '00700005': ['CS', 'PIXEL'],
    '00700020': ['US', uint16(2)],
    '00700021': ['US', uint16(points.length / 2)],
    '00700022': ['FL', floats(...points)],
    '00700023': ['CS', type],
    ...(type === 'POINT' ? {} : { '00700024': ['CS', 'N'] as const }),
    ...changes,
  };
}

export function text(value: string, from: Pair, to: Pair, changes: Elements = {}): Elements {
  return {
    '00700003': ['CS', 'PIXEL'],
    '00700006': ['ST', value],
    '00700010': ['FL', floats(...from)],
    '00700011': ['FL', floats(...to)],
    '00700012': ['CS', 'LEFT'],
    ...changes,
  };
}

/** In a layer of their own. */
export const annotated = (graphics: readonly Elements[], texts: readonly Elements[] = []): Elements => ({
  '00700001': [
    'SQ',
    [
      {
        '00700002': ['CS', 'NOTES'],
        ...(texts.length === 0 ? {} : { '00700008': ['SQ', texts] as const }),
        ...(graphics.length === 0 ? {} : { '00700009': ['SQ', graphics] as const }),
      },
    ],
  ],
  '00700060': ['SQ', [layer()]],
});

export const windowed = (center: number, width: number): Elements => ({
  '00283110': ['SQ', [{ '00281050': ['DS', String(center)], '00281051': ['DS', String(width)] }]],
});

export const lookupTable = (first: number, bits: number, entries: readonly number[]): Elements => ({
  '00283002': ['US', Buffer.concat([uint16(entries.length % 65_536), uint16(first), uint16(bits)])],
  '00283006': ['OW', Buffer.from(Uint16Array.from(entries).buffer)],
});

export const floats = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer);
export const longs = (...values: number[]) => Buffer.from(Int32Array.from(values).buffer);

export function dataSetOf(elements: Elements): Buffer {
  const tags = Object.keys(elements).sort();
  return Buffer.concat(
    tags.flatMap((tag) => {
      const [vr, value] = elements[tag] ?? [];
      if (vr === undefined || value === undefined) return [];
      return [element(Number.parseInt(tag, 16), vr, isItems(value) ? Buffer.concat(value.map(itemOf)) : value)];
    }),
  );
}

const isItems = (value: string | Buffer | readonly Elements[]): value is readonly Elements[] => Array.isArray(value);

function itemOf(elements: Elements): Buffer {
  const body = dataSetOf(elements);
  const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

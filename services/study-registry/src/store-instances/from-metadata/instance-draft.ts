import { Uid } from '@yinglian/contracts';
import {
  type DataSetPiece,
  type DicomJson,
  dataSetOfJson,
  JsonModelError,
  type ScannedInstance,
} from '@yinglian/dicom';
import { isNativeVr, nativePixels } from './native-pixels.js';
import { type PixelDescription, pixelDescription } from './pixel-description.js';

export type NamedInstance = Pick<
  ScannedInstance,
  'studyInstanceUid' | 'seriesInstanceUid' | 'sopInstanceUid' | 'sopClassUid'
>;

/** The Image Pixel Description Macro is written here, once the pixels are known: they may have to say what the metadata do not. */
export const IMAGE = 'image';
/** Pixel Data (7FE0,0010) is written here, of bulk data. */
export const PIXELS = 'pixels';

/** A data set as far as its metadata tell it. */
export interface InstanceDraft {
  readonly pieces: readonly (DataSetPiece | typeof IMAGE | typeof PIXELS)[];
  readonly image: DicomJson;
  readonly pixels: { readonly uri: string; readonly vr: string } | undefined;
}

const [FIRST_OF_IMAGE, LAST_OF_IMAGE, PIXEL_DATA] = ['00280002', '00280103', '7FE00010'];
const IS_TAG = /^[0-9A-F]{8}$/;
/** They say where fragments of another file lie. */
const OFFSET_TABLES = /^7FE0000[123]$/;
/** What a server says of an instance in its answers, and no instance of itself (PS3.18 section 10.6.3.3). */
const OF_ANSWERS = /^(00080054|00080056|00081190|00083002|0020120[024689])$/;
const CHARACTER_SET = dataSetOfCharacterSet('ISO_IR 192');

/** @throws JsonModelError */
export function draftOf(json: object): InstanceDraft {
  const elements = Object.entries(json)
    .map(([tag, element]) => [tag.toUpperCase(), element] as const)
    .filter(([tag]) => !OFFSET_TABLES.test(tag) && !OF_ANSWERS.test(tag));
  if (elements.some(([tag]) => !IS_TAG.test(tag))) throw new JsonModelError('A tag is none');
  const between = (first: string, last: string): DicomJson =>
    Object.fromEntries(elements.filter(([tag]) => tag >= first && tag <= last));
  const image = between(FIRST_OF_IMAGE, LAST_OF_IMAGE);
  // What is wrong in it is to be known before its pixels come.
  if (dataSetOfJson(image).some((piece) => !Buffer.isBuffer(piece)))
    throw new JsonModelError('No bulk data of an image');
  const { [PIXEL_DATA]: pixels } = between(PIXEL_DATA, PIXEL_DATA);
  const written = pixels === undefined ? undefined : pixelPieces(pixels, pixelDescription(image));
  return {
    pieces: [
      CHARACTER_SET,
      ...dataSetOfJson(between('', '00280001')),
      IMAGE,
      ...dataSetOfJson(between('00280104', '7FE0000F')),
      ...(written?.pieces ?? []),
      ...dataSetOfJson(between('7FE00011', 'FFFFFFFF')),
    ],
    image,
    pixels: written?.reference,
  };
}

function pixelPieces(element: DicomJson[string], description: PixelDescription) {
  const [piece, value, ...others] = dataSetOfJson({ [PIXEL_DATA]: element });
  if (!isNativeVr(element.vr) || value !== undefined || others.length > 0 || piece === undefined) {
    throw new JsonModelError('Pixel Data has a wrong value representation');
  }
  if (!Buffer.isBuffer(piece)) return { pieces: [PIXELS] as const, reference: { uri: piece.uri, vr: piece.vr } };
  const bytes = Buffer.from(element.InlineBinary ?? '', 'base64');
  const { head, padding } = nativePixels(element.vr, bytes.length, description);
  return { pieces: [head, bytes, padding], reference: undefined };
}

function dataSetOfCharacterSet(term: string): Buffer {
  return Buffer.from(`\x08\0\x05\0CS${String.fromCharCode(term.length)}\0${term}`, 'latin1');
}

/** Empty where the metadata name none, or none that is a UID. */
export function namesOf(json: object): NamedInstance {
  const uid = (tag: string): string => {
    const element: unknown = Reflect.get(json, tag);
    const values: unknown = typeof element === 'object' && element !== null ? Reflect.get(element, 'Value') : undefined;
    const [first]: unknown[] = Array.isArray(values) ? values : [];
    return Uid.safeParse(first).data ?? '';
  };
  return {
    studyInstanceUid: uid('0020000D'),
    seriesInstanceUid: uid('0020000E'),
    sopInstanceUid: uid('00080018'),
    sopClassUid: uid('00080016'),
  };
}

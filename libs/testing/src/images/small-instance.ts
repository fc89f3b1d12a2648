import { randomInt } from 'node:crypto';
import { element, uint16 } from './data-set-writer.js';

export interface SmallInstance {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly dataSet: Buffer;
}

const uid = () => `1.2.826.0.1.3680043.10.1561.${randomInt(2 ** 47)}.${randomInt(2 ** 47)}`;

/** Text tags of every VR that holds text, for what is to be found in them. */
const TEXTS: readonly (readonly [tag: number, vr: string])[] = [
  [0x00080050, 'SH'],
  [0x00080080, 'LO'],
  [0x00080090, 'PN'],
  [0x00081030, 'LO'],
  [0x0008103e, 'LO'],
  [0x00100010, 'PN'],
  [0x00100020, 'LO'],
  [0x00100021, 'LO'],
  [0x00104000, 'LT'],
  [0x00200010, 'SH'],
  [0x00204000, 'LT'],
];

/** What may be said otherwise of it; an undefined UID is left out of the data set. */
export interface SmallInstanceOptions {
  readonly sopClassUid?: string;
  readonly sopInstanceUid?: string;
  readonly overrides?: Readonly<Record<number, string | undefined>>;
  /** Stands in every text tag. */
  readonly text?: string;
}

/** A data set of a few hundred bytes in explicit VR little endian, of a study and a patient of its own. */
export function smallInstance(options: SmallInstanceOptions = {}): SmallInstance {
  const { sopClassUid = '1.2.840.10008.5.1.4.1.1.7', sopInstanceUid = uid(), overrides = {}, text } = options;
  const studyInstanceUid = uid();
  const seriesInstanceUid = uid();
  const elements = new Map<number, readonly [vr: string, value: string | Buffer]>([
    [0x00080005, ['CS', 'ISO_IR 192']],
    [0x00080016, ['UI', sopClassUid]],
    [0x00080018, ['UI', sopInstanceUid]],
    [0x00080060, ['CS', 'OT']],
    ...TEXTS.map(([tag, vr]) => [tag, [vr, text ?? (tag === 0x00100020 ? `S${randomInt(1e9)}` : '')]] as const),
    [0x0020000d, ['UI', studyInstanceUid]],
    [0x0020000e, ['UI', seriesInstanceUid]],
    [0x00280010, ['US', uint16(1)]],
    [0x7fe00010, ['OW', Buffer.from('0000', 'hex')]],
  ]);
  for (const [tag, value] of Object.entries(overrides)) {
    const [vr] = elements.get(Number(tag)) ?? ['LO'];
    if (value === undefined) elements.delete(Number(tag));
    else elements.set(Number(tag), [vr, value]);
  }
  const dataSet = Buffer.concat(
    [...elements].sort(([one], [other]) => one - other).map(([tag, [vr, value]]) => element(tag, vr, value)),
  );
  return { sopClassUid, sopInstanceUid, studyInstanceUid, seriesInstanceUid, dataSet };
}

import type { WrittenElement } from '@yinglian/dicom';

type Item = readonly WrittenElement[];
type Relationship = 'CONTAINS' | 'HAS ACQ CONTEXT';

export interface Code {
  readonly value: string;
  /** DCM, SCT, UCUM */
  readonly scheme: string;
  readonly meaning: string;
}

export const dcm = (value: string, meaning: string): Code => ({ value, scheme: 'DCM', meaning });

/** Texts are written in UTF-8, as Specific Character Set says. */
export const text = (tag: number, vr: string, value: string): WrittenElement => ({
  tag,
  vr,
  value: Buffer.from(value, 'utf8'),
});

/** Code Sequence Macro (PS3.3 section 8.8). */
export const codeItem = ({ value, scheme, meaning }: Code): Item => [
  { tag: 0x00080100, vr: 'SH', value },
  { tag: 0x00080102, vr: 'SH', value: scheme },
  text(0x00080104, 'LO', meaning),
];

/** A content item (PS3.3 section C.17.3.2) by its relationship with the one above it, in the order of its tags. */
const contentItem = (relationship: Relationship, valueType: string, name: Code | null, value: Item): Item =>
  [
    { tag: 0x0040a010, vr: 'CS', value: relationship },
    { tag: 0x0040a040, vr: 'CS', value: valueType },
    ...(name === null ? [] : [{ tag: 0x0040a043, vr: 'SQ', value: [codeItem(name)] }]),
    ...value,
  ].sort((a, b) => a.tag - b.tag);

const context = (valueType: string, name: Code, value: WrittenElement): Item =>
  contentItem('HAS ACQ CONTEXT', valueType, name, [value]);

export const codeContext = (name: Code, code: Code): Item =>
  context('CODE', name, { tag: 0x0040a168, vr: 'SQ', value: [codeItem(code)] });

export const textContext = (name: Code, value: string): Item => context('TEXT', name, text(0x0040a160, 'UT', value));

export const dateContext = (name: Code, value: string): Item =>
  context('DATE', name, { tag: 0x0040a121, vr: 'DA', value });

export const timeContext = (name: Code, value: string): Item =>
  context('TIME', name, { tag: 0x0040a122, vr: 'TM', value });

export const uidContext = (name: Code, value: string): Item =>
  context('UIDREF', name, { tag: 0x0040a124, vr: 'UI', value });

export const numberContext = (name: Code, value: number, units: Code): Item =>
  context('NUM', name, {
    tag: 0x0040a300,
    vr: 'SQ',
    value: [
      [
        { tag: 0x004008ea, vr: 'SQ', value: [codeItem(units)] },
        { tag: 0x0040a30a, vr: 'DS', value: String(value) },
      ],
    ],
  });

/** `SEPARATE`: what it contains stands for itself. */
export const container = (name: Code, content: readonly Item[]): Item =>
  contentItem('CONTAINS', 'CONTAINER', name, [
    { tag: 0x0040a050, vr: 'CS', value: 'SEPARATE' },
    { tag: 0x0040a730, vr: 'SQ', value: content },
  ]);

export interface ReferencedInstance {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly rows: number;
}

const WAVEFORMS = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.9\./;

/** A reference to an instance, as the kind of thing that it is. */
export function instanceItem(instance: ReferencedInstance, content: readonly Item[] = []): Item {
  const { sopClassUid, rows } = instance;
  const valueType = rows > 0 ? 'IMAGE' : WAVEFORMS.test(sopClassUid) ? 'WAVEFORM' : 'COMPOSITE';
  return contentItem('CONTAINS', valueType, null, [
    { tag: 0x00081199, vr: 'SQ', value: [referenceItem(instance)] },
    ...(content.length === 0 ? [] : [{ tag: 0x0040a730, vr: 'SQ', value: content }]),
  ]);
}

/** SOP Instance Reference Macro (PS3.3 table 10-11). */
export const referenceItem = ({ sopClassUid, sopInstanceUid }: ReferencedInstance): Item => [
  { tag: 0x00081150, vr: 'UI', value: sopClassUid },
  { tag: 0x00081155, vr: 'UI', value: sopInstanceUid },
];

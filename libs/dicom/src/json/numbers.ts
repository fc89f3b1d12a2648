import type { DataSet, Element } from 'dicom-parser';

type Reader = (dataSet: DataSet, tag: string, index: number) => number | undefined;

const READERS: Readonly<Record<string, { readonly bytes: number; readonly read: Reader }>> = {
  US: { bytes: 2, read: (dataSet, tag, index) => dataSet.uint16(tag, index) },
  SS: { bytes: 2, read: (dataSet, tag, index) => dataSet.int16(tag, index) },
  UL: { bytes: 4, read: (dataSet, tag, index) => dataSet.uint32(tag, index) },
  SL: { bytes: 4, read: (dataSet, tag, index) => dataSet.int32(tag, index) },
  FL: { bytes: 4, read: (dataSet, tag, index) => dataSet.float(tag, index) },
  FD: { bytes: 8, read: (dataSet, tag, index) => dataSet.double(tag, index) },
};

/** Binary numbers of an element; 64-bit integers as strings, as JSON numbers cannot hold them (PS3.18 section F.2.3). */
export function numbersOf(dataSet: DataSet, element: Element, vr: string): unknown[] {
  const reader = READERS[vr];
  if (reader === undefined) return longs(dataSet, element, vr === 'SV');
  const count = Math.floor(element.length / reader.bytes);
  return Array.from({ length: count }, (_, index) => {
    const number = reader.read(dataSet, element.tag, index);
    return number === undefined || !Number.isFinite(number) ? null : number;
  });
}

function longs(dataSet: DataSet, element: Element, signed: boolean): string[] {
  const bytes = Buffer.from(dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length));
  const count = Math.floor(bytes.length / 8);
  return Array.from({ length: count }, (_, index) =>
    String(signed ? bytes.readBigInt64LE(index * 8) : bytes.readBigUInt64LE(index * 8)),
  );
}

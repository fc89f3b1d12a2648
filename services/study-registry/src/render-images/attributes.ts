import type { DicomJson } from '@yinglian/dicom';

/** The numbers of an element; what is no number is left out. */
export function numbersOf(metadata: DicomJson, tag: string): number[] {
  return (metadata[tag]?.Value ?? []).flatMap((value) => {
    const number = typeof value === 'string' ? Number.parseFloat(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? [number] : [];
  });
}

export const numberOf = (metadata: DicomJson, tag: string): number | undefined => numbersOf(metadata, tag)[0];

export function textOf(metadata: DicomJson, tag: string): string | undefined {
  const value = metadata[tag]?.Value?.[0];
  return typeof value === 'string' ? value : undefined;
}

/** The items of a sequence. */
export function itemsOf(metadata: DicomJson, tag: string): DicomJson[] {
  return (metadata[tag]?.Value ?? []).filter(isDataSet);
}

const isDataSet = (value: unknown): value is DicomJson => typeof value === 'object' && value !== null;

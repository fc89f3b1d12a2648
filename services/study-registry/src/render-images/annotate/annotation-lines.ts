import type { DicomJson } from '@yinglian/dicom';
import { itemsOf, numberOf, textOf } from '../attributes.js';
import type { Window } from '../frame-source.js';
import type { AnnotationLines } from './lettering.js';

/** What may be written on a picture (PS3.18 section 8.3.5.1.1). */
export type Annotation = 'patient' | 'technique';

export interface Annotated {
  /** Under the province's identity (ADR 0004). */
  readonly metadata: DicomJson;
  readonly frameNumber: number;
  /** That the picture shows. */
  readonly window: Window | null;
}

/** Who the picture shows above, how it was made below. What is not known is left out. */
export function annotationLines(annotation: readonly Annotation[], annotated: Annotated): AnnotationLines {
  return {
    upperLeft: annotation.includes('patient') ? filled(patientLines(annotated.metadata)) : [],
    lowerLeft: annotation.includes('technique') ? filled(techniqueLines(annotated)) : [],
  };
}

type Words = readonly (string | undefined)[];

function patientLines(metadata: DicomJson): Words[] {
  return [
    nameOf(metadata),
    [textOf(metadata, '00100020')],
    ...itemsOf(metadata, '00101002').map((other) => [textOf(other, '00100021'), textOf(other, '00100020')]),
    [dateOf(metadata, '00100030'), textOf(metadata, '00100040')],
  ];
}

function techniqueLines({ metadata, frameNumber, window }: Annotated): Words[] {
  const frames = numberOf(metadata, '00280008') ?? 1;
  return [
    [textOf(metadata, '00080060'), textOf(metadata, '00180015')],
    [textOf(metadata, '00081030'), textOf(metadata, '0008103E')],
    [dateOf(metadata, '00080020'), timeOf(metadata, '00080030')],
    [
      numbered('Se', metadata, '00200011'),
      numbered('Im', metadata, '00200013'),
      frames > 1 ? `Fr ${frameNumber}/${frames}` : undefined,
    ],
    [
      measured(metadata, '00180060', 'kV'),
      measured(metadata, '00181151', 'mA'),
      measured(metadata, '00181152', 'mAs'),
      measured(metadata, '00180050', 'mm'),
    ],
    [prefixed('TR ', measured(metadata, '00180080', 'ms')), prefixed('TE ', measured(metadata, '00180081', 'ms'))],
    [window === null ? undefined : `W ${window.width} L ${window.center}`],
  ];
}

const filled = (lines: readonly Words[]) =>
  lines
    .map((words) => words.filter((word) => word !== undefined && word !== '').join('  '))
    .filter((line) => line !== '');

/** As it is written in the country, then in letters. */
function nameOf(metadata: DicomJson): Words {
  const name = metadata['00100010']?.Value?.[0];
  if (typeof name !== 'object' || name === null) return [];
  const groups = new Map(Object.entries(name));
  return ['Ideographic', 'Alphabetic'].map((group) => {
    const written = groups.get(group);
    const separator = group === 'Ideographic' ? '' : ' ';
    return typeof written === 'string' ? written.split('^').filter(Boolean).join(separator) : undefined;
  });
}

const dateOf = (metadata: DicomJson, tag: string) =>
  textOf(metadata, tag)?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

const timeOf = (metadata: DicomJson, tag: string) =>
  textOf(metadata, tag)?.replace(/^(\d{2})(\d{2})(\d{2}).*$/, '$1:$2:$3');

const prefixed = (prefix: string, text: string | undefined) => (text === undefined ? undefined : `${prefix}${text}`);

function measured(metadata: DicomJson, tag: string, unit: string): string | undefined {
  const value = numberOf(metadata, tag);
  return value === undefined ? undefined : `${value} ${unit}`;
}

function numbered(name: string, metadata: DicomJson, tag: string): string | undefined {
  const value = numberOf(metadata, tag);
  return value === undefined ? undefined : `${name} ${value}`;
}

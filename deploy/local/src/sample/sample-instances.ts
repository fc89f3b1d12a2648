import type { InstanceToStore } from '../send/store-instances.scu.js';
import { encodeDataSet } from './data-set.js';
import { imagesOf } from './series-images.js';
import { type SampleStudy, studyElements, studyUidOf, uidOf } from './studies.js';

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

export interface SampleContext {
  readonly hospitalName: string;
  /** What makes the UIDs of one home differ from those of another. */
  readonly homeSecret: string;
  readonly today: Date;
}

/** The instances of a sample study, ready to be stored. */
export function* sampleInstances(study: SampleStudy, context: SampleContext): Generator<InstanceToStore> {
  const uid = (...names: (string | number)[]) => uidOf(context.homeSecret, study.accessionNumber, ...names);
  const shared = studyElements(study, context.hospitalName, studyUidOf(study, context.homeSecret), context.today);
  for (const [seriesIndex, series] of study.series.entries()) {
    let instanceNumber = 0;
    for (const { sopClassUid, modality, elements } of imagesOf(series)) {
      instanceNumber += 1;
      const sopInstanceUid = uid(seriesIndex, instanceNumber);
      const dataSet = encodeDataSet(
        [
          ...shared,
          ...elements,
          [0x00080016, 'UI', sopClassUid],
          [0x00080018, 'UI', sopInstanceUid],
          [0x00080060, 'CS', modality],
          [0x0008103e, 'LO', series.description],
          [0x0020000e, 'UI', uid('series', seriesIndex)],
          [0x00200011, 'IS', String(seriesIndex + 1)],
          [0x00200013, 'IS', String(instanceNumber)],
          ...(modality === 'DX' ? [] : ([[0x00200052, 'UI', uid('frame of reference')]] as const)),
        ],
        study.characterSet,
      );
      yield { sopClassUid, sopInstanceUid, transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN, readDataSet: () => dataSet };
    }
  }
}

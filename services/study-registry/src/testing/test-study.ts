import { randomInt } from 'node:crypto';
import { element, part10 } from '@yinglian/testing';

const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2';

export interface StudyTexts {
  readonly patientId?: string;
  readonly patientName?: string;
  readonly studyDate?: string;
  readonly studyTime?: string;
  readonly accessionNumber?: string;
  readonly modality?: string;
  readonly description?: string;
  readonly birthDate?: string;
  readonly sex?: string;
}

export interface TestStudy {
  readonly studyUid: string;
  /** One small file without pixel data per series. */
  readonly files: readonly Buffer[];
}

/** A study of `seriesCount` series with one instance each, and nothing said that is not told. */
export function testStudy(texts: StudyTexts = {}, seriesCount = 1): TestStudy {
  const studyUid = `1.2.826.0.1.3680043.10.1561.7.${randomInt(2 ** 47)}`;
  const files = Array.from({ length: seriesCount }, (_, index) => {
    const seriesUid = `${studyUid}.${index + 1}`;
    const dataSet = Buffer.concat([
      element(0x00080005, 'CS', 'ISO_IR 192'),
      element(0x00080016, 'UI', CT_IMAGE_STORAGE),
      element(0x00080018, 'UI', `${seriesUid}.1`),
      element(0x00080020, 'DA', texts.studyDate ?? ''),
      element(0x00080030, 'TM', texts.studyTime ?? ''),
      element(0x00080050, 'SH', texts.accessionNumber ?? ''),
      element(0x00080060, 'CS', texts.modality ?? 'CT'),
      element(0x00081030, 'LO', texts.description ?? ''),
      element(0x0008103e, 'LO', `Series ${index + 1}`),
      element(0x00100010, 'PN', texts.patientName ?? ''),
      element(0x00100020, 'LO', texts.patientId ?? `T${randomInt(1e9)}`),
      element(0x00100030, 'DA', texts.birthDate ?? ''),
      element(0x00100040, 'CS', texts.sex ?? ''),
      element(0x0020000d, 'UI', studyUid),
      element(0x0020000e, 'UI', seriesUid),
      element(0x00200011, 'IS', String(index + 1)),
      element(0x00200013, 'IS', '1'),
    ]);
    return part10(CT_IMAGE_STORAGE, `${seriesUid}.1`, dataSet);
  });
  return { studyUid, files };
}

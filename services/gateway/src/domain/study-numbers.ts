import type { DicomJson, InstanceSummary } from '@yinglian/dicom';
import { z } from 'zod';
import type { DescribedStudy } from './join-images.js';

const LONGEST = 64;
const number = z
  .object({ Value: z.tuple([z.string()], z.unknown()) })
  .transform(({ Value: [value] }) => value.trim())
  .optional()
  .catch(undefined);
const Numbers = z.looseObject({ '00401001': number, '00402016': number, '00402017': number });
const Header = Numbers.extend({
  '00400275': z
    .object({ Value: z.array(Numbers) })
    .optional()
    .catch(undefined),
});

/** By what the images of a study find their exam. Order numbers stand beside or in the Request Attributes Sequence (0040,0275). */
export function studyNumbers(summary: InstanceSummary, header: DicomJson): DescribedStudy {
  const said = Header.safeParse(header).data;
  const items = said === undefined ? [] : [said, ...(said['00400275']?.Value ?? [])];
  const orderNumbers = items
    .flatMap((item) => [item['00401001'], item['00402016'], item['00402017']])
    .filter((each) => each !== undefined && each !== '' && each.length <= LONGEST);
  return {
    studyInstanceUid: summary.studyInstanceUid,
    accessionNumber: summary.accessionNumber.slice(0, LONGEST),
    orderNumbers: [...new Set(orderNumbers)].filter((each) => each !== undefined),
    patientId: summary.patient.id.slice(0, 128),
    patientIssuer: summary.patient.issuer.slice(0, LONGEST),
    modality: summary.modality.slice(0, 16),
    studyDate: summary.studyDate.slice(0, 8),
    studyTime: summary.studyTime.slice(0, 16),
    description: summary.studyDescription.slice(0, 128),
  };
}

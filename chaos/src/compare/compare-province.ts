import { DicomWebClient, type Province } from '@yinglian/testing';
import type { OfferedStudy } from '../send/offered-images.js';
import { CLINICIANS } from '../send/target.js';
import { compareStudy, type Difference } from './compare-study.js';
import { findStudy } from './find-study.js';

/** Compares every study that was offered with what the province has of it. */
export async function compareProvince(
  province: Province,
  studies: readonly OfferedStudy[],
  report: (finding: string) => void,
): Promise<Omit<Difference, 'findings'>> {
  const clients = {
    H001: new DicomWebClient(province.endpoints.dicomweb, await province.token(CLINICIANS.H001)),
    H002: new DicomWebClient(province.endpoints.dicomweb, await province.token(CLINICIANS.H002)),
  };
  const total = { lost: 0, doubled: 0 };
  for (const study of studies) {
    const found = await findStudy(clients[study.hospital], study.studyInstanceUid);
    const { lost, doubled, findings } = compareStudy(study, found);
    total.lost += lost;
    total.doubled += doubled;
    for (const finding of findings) report(`study ${study.studyInstanceUid} of ${study.hospital}: ${finding}`);
  }
  return total;
}

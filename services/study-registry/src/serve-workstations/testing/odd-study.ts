import { randomInt } from 'node:crypto';
import { element, part10 } from '@yinglian/testing';

export const CT = '1.2.840.10008.5.1.4.1.1.2';
export const MR = '1.2.840.10008.5.1.4.1.1.4';

export interface OddStudy {
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly files: readonly Buffer[];
  readonly uids: readonly string[];
}

/** A study of one series, an instance for each SOP class that is given, with pixels of some size. */
export function oddStudy(sopClasses: readonly string[], patientId = `T${randomInt(1e9)}`, pixelBytes = 64): OddStudy {
  const studyUid = `1.2.826.0.1.3680043.10.1561.8.${randomInt(2 ** 47)}`;
  const seriesUid = `${studyUid}.1`;
  const uids = sopClasses.map((_, place) => `${seriesUid}.${place + 1}`);
  const files = sopClasses.map((sopClassUid, place) => {
    const uid = uids[place] ?? '';
    const dataSet = Buffer.concat([
      element(0x00080016, 'UI', sopClassUid),
      element(0x00080018, 'UI', uid),
      element(0x00080060, 'CS', 'OT'),
      element(0x00100020, 'LO', patientId),
      element(0x0020000d, 'UI', studyUid),
      element(0x0020000e, 'UI', seriesUid),
      element(0x00200013, 'IS', String(place + 1)),
      element(0x7fe00010, 'OW', Buffer.alloc(pixelBytes, place + 1)),
    ]);
    return part10(sopClassUid, uid, dataSet);
  });
  return { studyUid, seriesUid, files, uids };
}

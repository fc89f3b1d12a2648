import { Uid } from '@yinglian/contracts';
import { LONGEST_FILE_BYTES } from '../packs/pack-format.js';
import type { ScannedInstance } from '../scan/part10-scanner.js';
import { isStorageClass } from '../upper-layer/storage-classes.js';
import type { Refusal } from './refusal.js';

/** Why an instance cannot be stored, by what it says of itself. */
export function instanceProblem(scanned: ScannedInstance, lengthBytes: number): Refusal | undefined {
  if (lengthBytes > LONGEST_FILE_BYTES) return 'too-long';
  if (scanned.isCutShort) return 'cut-short';
  const { sopClassUid } = scanned;
  const isService = Uid.safeParse(sopClassUid).success && !isStorageClass(sopClassUid);
  return isService ? 'class-not-stored' : uidProblem(scanned);
}

function uidProblem(scanned: ScannedInstance): Refusal | undefined {
  const needed = [scanned.studyInstanceUid, scanned.seriesInstanceUid, scanned.sopInstanceUid, scanned.sopClassUid];
  if (needed.includes('')) return 'uid-missing';
  return [...needed, scanned.transferSyntaxUid].every((uid) => Uid.safeParse(uid).success) ? undefined : 'uid-invalid';
}

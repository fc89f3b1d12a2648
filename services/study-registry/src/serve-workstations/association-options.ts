import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from '@yinglian/dicom';
import type { StudyRegistryConfig } from '../study-registry.config.js';

/** DCMTK sends at most 128 KiB; what comes here is small anyway. */
const LONGEST_PDU_BYTES = 131_072;
const ARTIM_MS = 30_000;

/** What times and sizes associations have, on whichever side. */
export const associationOptions = ({ DIMSE_IDLE_MS }: StudyRegistryConfig) => ({
  maximumLength: LONGEST_PDU_BYTES,
  artimTimeoutMs: ARTIM_MS,
  idleTimeoutMs: DIMSE_IDLE_MS,
  implementation: { classUid: IMPLEMENTATION_CLASS_UID, versionName: IMPLEMENTATION_VERSION_NAME },
});

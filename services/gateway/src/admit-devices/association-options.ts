import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from '@yinglian/dicom';
import type { GatewayConfig } from '../gateway.config.js';
import { USUAL_PDU_BYTES } from './device.js';

/** What times and sizes associations have, on whichever side. */
export const associationOptions = (config: GatewayConfig) => ({
  maximumLength: USUAL_PDU_BYTES,
  artimTimeoutMs: config.ARTIM_MS,
  idleTimeoutMs: config.ASSOCIATION_IDLE_MS,
  implementation: { classUid: IMPLEMENTATION_CLASS_UID, versionName: IMPLEMENTATION_VERSION_NAME },
});

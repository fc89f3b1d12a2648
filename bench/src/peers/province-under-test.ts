import { join } from 'node:path';
import { startProvince } from '@yinglian/testing';
import type { ProvinceUnderTest } from '../figure.js';

const HOSPITAL = 'H001';
const CLINICIAN = 'dr.lin';
const DEVICE = 'device-H001';

export interface OpenProvince extends ProvinceUnderTest {
  close(): Promise<void>;
}

/** The whole system as `npm start` starts it, with the sample hospitals, in a folder that is thrown away. */
export async function openProvince(): Promise<OpenProvince> {
  const province = await startProvince();
  const hospital = province.endpoints.hospitals.find(({ code }) => code === HOSPITAL);
  if (hospital === undefined) throw new Error(`The sample province has no hospital ${HOSPITAL}`);
  let token = province.token(CLINICIAN);
  let tokenMadeAt = Date.now();
  return {
    dicom: { host: '127.0.0.1', port: hospital.dicomPort, calledAeTitle: hospital.aeTitle },
    stowUrl: hospital.stow,
    dicomWebUrl: province.endpoints.dicomwebDirect,
    edgeDicomWebUrl: province.endpoints.dicomweb,
    objectsFolder: join(province.home, 'objects'),
    async authorization() {
      if (Date.now() - tokenMadeAt > 30 * 60_000) {
        token = province.token(CLINICIAN);
        tokenMadeAt = Date.now();
      }
      return `Bearer ${await token}`;
    },
    storeAuthorization: async () => `Bearer ${await province.programToken(DEVICE, 'stow:write')}`,
    processes: async () => province.endpoints.processes,
    close: () => province.stop(),
  };
}

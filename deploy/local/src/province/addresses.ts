import type { Settings } from '../settings.js';

/** The address that everything listens on: this machine only. */
export const HOST = '127.0.0.1';

export const urlOf = (port: number) => `http://${HOST}:${port}`;

/** Where people and programs reach the province. */
export function publicAddresses(settings: Settings) {
  const at = (port: number) => `http://${settings.YINGLIAN_HOSTNAME}:${port}`;
  const edge = at(settings.YINGLIAN_PORT);
  return {
    edge,
    viewer: at(settings.YINGLIAN_PORT + 1),
    dicomweb: `${edge}/dicom-web`,
    fhir: `${edge}/fhir`,
    cdsHooks: `${edge}/cds-services`,
    oidc: `${edge}/oidc`,
  };
}

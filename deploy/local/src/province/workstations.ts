import { existsSync } from 'node:fs';
import { writeJson } from '../home/atomic-file.js';
import { SAMPLE_HOSPITALS } from '../sample/hospitals.js';
import { HOST } from './addresses.js';
import type { Foundation } from './foundation.js';
import { portOf, WORKSTATIONS } from './services.js';

/** Under which AE title the registry is queried. */
const AE_TITLE = 'YINGLIAN';
/** Sample workstations listen so far behind the gateways, when they do. */
const BEHIND_GATEWAYS = 100;
const HIGHEST_PORT = 65_535;

/** One for each sample hospital, which may come without TLS: everything is on this machine. */
const sampleWorkstations = ({ home, settings }: Foundation) =>
  (home.sample ? SAMPLE_HOSPITALS : []).map(({ code }, place) => ({
    aeTitle: `${code}WS`,
    hospital: code,
    plain: true,
    host: HOST,
    port: Math.min(settings.YINGLIAN_DICOM_PORT + BEHIND_GATEWAYS + place, HIGHEST_PORT),
    tls: false,
  }));

/** The path of the file of workstations; made when it is not there, and left alone from then on. */
export function workstationsFile(foundation: Foundation): string {
  const path = foundation.home.pathOf('workstations.json');
  if (!existsSync(path)) writeJson(path, { workstations: sampleWorkstations(foundation) });
  return path;
}

/** Where workstations query and retrieve by DIMSE, and as which the sample has them. */
export const workstationEndpoint = (foundation: Foundation) => ({
  aeTitle: AE_TITLE,
  dicomPort: portOf(foundation.ports, WORKSTATIONS),
  workstations: sampleWorkstations(foundation).map(({ aeTitle, hospital, port }) => ({ aeTitle, hospital, port })),
});

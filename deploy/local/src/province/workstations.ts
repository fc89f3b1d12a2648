import { join } from 'node:path';
import { DirectorySeed, type DirectorySeedFile } from '@yinglian/contracts';
import { readJson } from '../home/atomic-file.js';
import type { Home } from '../home/home.js';
import { Obstacle } from '../obstacle.js';
import { SAMPLE_HOSPITALS } from '../sample/hospitals.js';
import type { Settings } from '../settings.js';
import { HOST } from './addresses.js';
import { portOf, WORKSTATIONS } from './services.js';

type Workstations = NonNullable<DirectorySeedFile['workstations']>;

/** Under which AE title the registry is queried. */
const AE_TITLE = 'YINGLIAN';
/** Sample workstations listen so far behind the gateways, when they do. */
const BEHIND_GATEWAYS = 100;
const HIGHEST_PORT = 65_535;

/** One for each sample hospital, which may come without TLS: everything is on this machine. */
const sampleWorkstations = (home: Home, settings: Settings) =>
  (home.sample ? SAMPLE_HOSPITALS : []).map(({ code }, place) => ({
    aeTitle: `${code}WS`,
    hospital: code,
    plain: true,
    host: HOST,
    port: Math.min(settings.YINGLIAN_DICOM_PORT + BEHIND_GATEWAYS + place, HIGHEST_PORT),
    tls: false,
  }));

const OldFile = DirectorySeed.pick({ workstations: true }).strict();

/**
 * Workstations that the directory begins with. A home that had a file of them for the registry (ADR 0049) has those: the directory takes
 * in what it does not know, once.
 */
export function seedWorkstations(home: Home, settings: Settings): Workstations {
  const path = join(home.path, 'workstations.json');
  const found = readJson(path);
  if (found === undefined) return sampleWorkstations(home, settings);
  const old = OldFile.safeParse(found);
  if (!old.success) {
    const [wrong] = old.error.issues;
    throw new Obstacle(
      `${path} is wrong (${wrong?.path.join('.')}: ${wrong?.message}): put it right, or move it away.`,
    );
  }
  return old.data.workstations;
}

/** Where workstations query and retrieve by DIMSE, and as which the sample has them. */
export const workstationEndpoint = (home: Home, settings: Settings, ports: Readonly<Record<string, number>>) => ({
  aeTitle: AE_TITLE,
  dicomPort: portOf(ports, WORKSTATIONS),
  workstations: sampleWorkstations(home, settings).map(({ aeTitle, hospital, port }) => ({ aeTitle, hospital, port })),
});

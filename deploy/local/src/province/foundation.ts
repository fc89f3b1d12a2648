import { requireDiskSpace } from '../home/disk-space.js';
import { Home, makeHomeFolder } from '../home/home.js';
import { takeLock } from '../home/lock.js';
import { internalPorts, requireFree } from '../home/ports.js';
import { Secrets } from '../home/secrets.js';
import { SAMPLE_HOSPITALS } from '../sample/hospitals.js';
import type { Settings } from '../settings.js';
import { awaitLeftBehind } from '../supervise/supervisor.js';
import { type Seed, seedOf } from './seed.js';
import { SERVICES, WORKSTATIONS } from './services.js';

/** What all processes of a province stand on. */
export interface Foundation {
  readonly settings: Settings;
  readonly home: Home;
  readonly secrets: Secrets;
  readonly seed: Seed;
  /** Internal ports by part. */
  readonly ports: Readonly<Record<string, number>>;
  /** Lets another launcher run the home. */
  release(): void;
}

const SERVERS = ['postgresql', 'kafka'];

/** Takes the home and everything it needs of the machine. Throws what the person at the keyboard can put right. */
export async function layFoundation(settings: Settings): Promise<Foundation> {
  makeHomeFolder(settings.YINGLIAN_HOME);
  // Before anything is written.
  await requireDiskSpace(settings.YINGLIAN_HOME, settings.YINGLIAN_MIN_FREE_BYTES);
  const home = Home.open(settings.YINGLIAN_HOME, { sample: settings.YINGLIAN_SAMPLE === '1' });
  const lock = takeLock(home.path);
  try {
    await awaitLeftBehind(home.path);
    await requireFree(settings.YINGLIAN_PORT, 'the portal', 'YINGLIAN_PORT');
    await requireFree(settings.YINGLIAN_PORT + 1, 'the viewer', 'YINGLIAN_PORT');
    for (const [place, hospital] of expectedHospitals(home).entries()) {
      await requireFree(settings.YINGLIAN_DICOM_PORT + place, `DICOM at ${hospital}`, 'YINGLIAN_DICOM_PORT');
      await requireFree(settings.YINGLIAN_HL7_PORT + place, `HL7 at ${hospital}`, 'YINGLIAN_HL7_PORT');
    }
    const ports = await internalPorts(
      [...SERVERS, WORKSTATIONS, ...SERVICES.map(({ name }) => name)],
      home.internalPorts,
    );
    home.rememberPorts(ports);
    const secrets = new Secrets(home.path);
    return { settings, home, secrets, seed: seedOf(home, secrets, settings), ports, release: lock.release };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Those that had a gateway before; a new sample province begins with its own. */
const expectedHospitals = (home: Home) =>
  home.hospitals.length > 0 || !home.sample ? home.hospitals : SAMPLE_HOSPITALS.map(({ code }) => code);

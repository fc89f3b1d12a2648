import { rmSync } from 'node:fs';
import { type Endpoints, endpointsPath, type HospitalEndpoint, writeEndpoints } from '../endpoints/endpoints.js';
import { orDiskIsFull } from '../home/disk-space.js';
import type { Settings } from '../settings.js';
import { Supervisor } from '../supervise/supervisor.js';
import { publicAddresses, urlOf } from './addresses.js';
import { DirectoryClient } from './directory-client.js';
import { type Foundation, layFoundation } from './foundation.js';
import { Gateways } from './gateways.js';
import { LAUNCHER_CLIENT } from './seed.js';
import { portOf } from './services.js';
import { startServers } from './start-servers.js';
import { servicePlans } from './start-services.js';
import { watchHospitals } from './watch-hospitals.js';
import { workstationEndpoint } from './workstations.js';

/** Told what is being done, for the person who waits. */
export type Progress = (step: string) => void;

/** A province on this machine: servers, services and one gateway per hospital. */
export class Province {
  private readonly supervisor: Supervisor;
  private readonly hospitals: HospitalEndpoint[] = [];
  private readonly stopped = new AbortController();
  private serving = false;

  private constructor(private readonly foundation: Foundation) {
    const { home } = foundation;
    rmSync(endpointsPath(home.path), { force: true });
    this.supervisor = new Supervisor({ home: home.path, logs: home.folder('logs') }, () => this.publish());
  }

  /** Starts everything; resolves when it serves. When it cannot, nothing is left running. */
  static async start(settings: Settings, progress: Progress, signal: AbortSignal): Promise<Province> {
    progress('Checking the data folder and the ports');
    const province = new Province(await layFoundation(settings));
    try {
      await Promise.race([province.startAll(progress), rejectWhen(signal)]);
      return province;
    } catch (error) {
      const reason = await orDiskIsFull(province.home.path, error);
      await province.stop();
      throw reason;
    }
  }

  get home() {
    return this.foundation.home;
  }

  /** Known to this home only. */
  get homeSecret(): string {
    return this.foundation.secrets.of('sample');
  }

  get endpoints(): Endpoints {
    const { home, settings, seed, ports } = this.foundation;
    return {
      ...publicAddresses(settings),
      dicomwebDirect: `${urlOf(portOf(ports, 'study-registry'))}/dicom-web`,
      hospitals: this.hospitals,
      users: seed.staff.map(({ username, password, displayName, roles, hospital }) => ({
        username,
        password,
        displayName,
        roles: [...roles],
        hospital,
      })),
      clients: seed.clients,
      dimse: workstationEndpoint(home, settings, ports),
      processes: this.supervisor.running,
    };
  }

  /** Ends all processes in order: those who write first, what they write to last. */
  async stop(): Promise<void> {
    this.stopped.abort();
    this.serving = false;
    rmSync(endpointsPath(this.home.path), { force: true });
    await this.supervisor.stop(
      (name) => name.startsWith('gateway-'),
      (name) => name !== 'postgresql' && name !== 'kafka',
      (name) => name === 'kafka',
    );
    this.foundation.release();
  }

  private async startAll(progress: Progress): Promise<void> {
    const { foundation, supervisor } = this;
    progress('Starting PostgreSQL');
    const servers = await startServers(foundation, supervisor);
    progress('Starting the services');
    await Promise.all(servicePlans(foundation, servers).map((plan) => supervisor.start(plan)));
    progress("Starting the hospitals' gateways");
    const directory = this.directoryClient();
    const gateways = new Gateways(foundation, directory, servers.eventLog);
    await watchHospitals({
      directory,
      signal: this.stopped.signal,
      place: (hospital) => gateways.endpointOf(hospital),
      start: async (endpoint) => {
        await supervisor.start(await gateways.planOf(endpoint));
        this.hospitals.push(endpoint);
        this.hospitals.sort((one, other) => one.dicomPort - other.dicomPort);
        this.publish();
      },
    });
    this.serving = true;
    this.publish();
  }

  private directoryClient(): DirectoryClient {
    const { ports, secrets } = this.foundation;
    const { clientId, scope } = LAUNCHER_CLIENT;
    return new DirectoryClient(urlOf(portOf(ports, 'directory')), {
      clientId,
      scope,
      clientSecret: secrets.of(`client/${clientId}`),
    });
  }

  private publish(): void {
    if (!this.serving) return;
    try {
      writeEndpoints(this.home.path, this.endpoints);
    } catch (error) {
      // A full disk, for instance. What runs goes on, and the next change writes it again.
      console.error(`endpoints.json could not be written: ${error instanceof Error ? error.message : error}`);
    }
  }
}

const rejectWhen = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

import type { HospitalEndpoint } from '../endpoints/endpoints.js';
import { Obstacle } from '../obstacle.js';
import type { DirectoryClient, GatewayToRun } from './directory-client.js';

const POLL_MS = 1_000;

interface Watch {
  readonly directory: DirectoryClient;
  readonly signal: AbortSignal;
  /** Gives the hospital's gateway its place on this machine; one after the other. */
  place(hospital: GatewayToRun): Promise<HospitalEndpoint>;
  /** Starts the gateway; several at a time. */
  start(endpoint: HospitalEndpoint): Promise<void>;
}

/** Resolves when every hospital that the directory knows has its gateway; goes on to look for new ones every second. */
export async function watchHospitals({ directory, signal, place, start }: Watch): Promise<void> {
  const known = new Set<string>();
  const look = async () => {
    const added = (await directory.gateways()).filter(({ hospital }) => !known.has(hospital));
    const endpoints: HospitalEndpoint[] = [];
    for (const gateway of added) endpoints.push(await place(gateway));
    await Promise.all(
      endpoints.map(async (endpoint) => {
        await start(endpoint);
        known.add(endpoint.code);
      }),
    );
  };
  await look();
  void again();

  async function again(): Promise<void> {
    let told = '';
    while (!signal.aborted) {
      await new Promise((wait) => setTimeout(wait, POLL_MS));
      if (signal.aborted) return;
      try {
        await look();
        told = '';
      } catch (error) {
        // The directory may be restarting. A port in use is for a person: said once, tried again every second.
        if (error instanceof Obstacle && error.message !== told) console.error(error.message);
        told = error instanceof Obstacle ? error.message : told;
      }
    }
  }
}

import type { Scope } from '@yinglian/contracts';
import type { Home } from '../home/home.js';
import type { Secrets } from '../home/secrets.js';
import { type Account, FIRST_ACCOUNTS, SAMPLE_ACCOUNTS } from '../sample/accounts.js';
import { CALLING_AE_TITLES, SAMPLE_HOSPITALS } from '../sample/hospitals.js';
import type { Settings } from '../settings.js';
import { seedWorkstations } from './workstations.js';

interface Client {
  readonly clientId: string;
  /** One or several, with spaces between. */
  readonly scope: Scope | `${Scope} ${Scope} ${Scope}`;
  readonly hospital: string | null;
}

/** The OAuth client that the launcher itself uses. */
export const LAUNCHER_CLIENT: Client = { clientId: 'launcher', scope: 'gateway:enrol', hospital: null };

/** Who and what a new province knows; the directory takes in what it does not have yet. */
export function seedOf(home: Home, secrets: Secrets, settings: Settings) {
  const { sample } = home;
  const hospitals = sample ? SAMPLE_HOSPITALS : [];
  const programs = hospitals.flatMap(({ code }): Client[] => [
    { clientId: `device-${code}`, scope: 'stow:write', hospital: code },
    // HIS finds persons and feeds patients by FHIR.
    { clientId: `his-${code}`, scope: 'persons:read patients:write consents:write', hospital: code },
  ]);
  // Another system keeps up with what the province has.
  const others: Client[] = sample ? [{ clientId: 'exchange', scope: 'changes:read', hospital: null }] : [];
  return {
    hospitals: hospitals.map((hospital) => ({ ...hospital, callingAeTitles: CALLING_AE_TITLES })),
    staff: accountsOf(sample).map((account) => ({ ...account, password: secrets.of(`user/${account.username}`) })),
    clients: [LAUNCHER_CLIENT, ...programs, ...others].map((client) => ({
      ...client,
      clientSecret: secrets.of(`client/${client.clientId}`),
    })),
    workstations: seedWorkstations(home, settings),
  };
}

export type Seed = ReturnType<typeof seedOf>;

const accountsOf = (sample: boolean): readonly Account[] => [...FIRST_ACCOUNTS, ...(sample ? SAMPLE_ACCOUNTS : [])];

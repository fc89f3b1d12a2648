import type { Settings } from '../settings.js';
import { publicAddresses, urlOf } from './addresses.js';

/** What the environment of a service is made from. */
export interface Surroundings {
  readonly settings: Settings;
  /** Internal HTTP ports by service. */
  readonly ports: Readonly<Record<string, number>>;
  readonly seedFile: string;
  readonly objectsFolder: string;
  readonly viewerFolder: string;
  /** Private keys that sign the audit log. */
  readonly auditLogKeyFile: string;
  readonly householdKeyFile: string;
}

export interface ServiceDefinition {
  readonly name: string;
  /** Whether it keeps data: then it has a database and a role of its own, and takes part in the event log. */
  readonly keepsData: boolean;
  /** Of Node, beside those that all processes have. */
  readonly options?: readonly string[];
  environment(surroundings: Surroundings): Record<string, string>;
}

/** The part that has a port for workstations; what listens there is the registry. */
export const WORKSTATIONS = 'workstations';

/** The services of a province, in the order in which they are started. */
export const SERVICES: readonly ServiceDefinition[] = [
  {
    name: 'directory',
    keepsData: true,
    environment: ({ settings, seedFile }) => ({
      PUBLIC_URL: publicAddresses(settings).edge,
      VIEWER_URL: publicAddresses(settings).viewer,
      SEED_FILE: seedFile,
      // The accounts of the sample are known to everybody; a second factor is for whoever wants to try it.
      SECOND_FACTOR: 'offered',
    }),
  },
  {
    name: 'portal',
    keepsData: false,
    environment: ({ settings, ports, viewerFolder }) => ({
      PORT: String(settings.YINGLIAN_PORT),
      PUBLIC_URL: publicAddresses(settings).edge,
      VIEWER_URL: publicAddresses(settings).viewer,
      VIEWER_PORT: String(settings.YINGLIAN_PORT + 1),
      VIEWER_APP_FOLDER: viewerFolder,
      DIRECTORY_URL: urlOf(portOf(ports, 'directory')),
      PATIENT_INDEX_URL: urlOf(portOf(ports, 'patient-index')),
      STUDY_REGISTRY_URL: urlOf(portOf(ports, 'study-registry')),
      CONSENT_AUDIT_URL: urlOf(portOf(ports, 'consent-audit')),
    }),
  },
  {
    name: 'study-registry',
    keepsData: true,
    // Images pass by the heap; what is garbage of them lies outside it until a generation is collected (ADR 0014).
    options: ['--max-semi-space-size=16', '--heap-growing-percent=100'],
    environment: ({ objectsFolder, ports }) => ({
      OBJECTS_FOLDER: objectsFolder,
      DIMSE_PORT: String(portOf(ports, WORKSTATIONS)),
    }),
  },
  { name: 'patient-index', keepsData: true, environment: () => ({}) },
  {
    name: 'consent-audit',
    keepsData: true,
    environment: ({ auditLogKeyFile, householdKeyFile }) => ({
      AUDIT_LOG_KEY_FILE: auditLogKeyFile,
      HOUSEHOLD_KEY_FILE: householdKeyFile,
    }),
  },
];

export function portOf(ports: Readonly<Record<string, number>>, part: string): number {
  const port = ports[part];
  if (port === undefined) throw new Error(`No port was chosen for ${part}`);
  return port;
}

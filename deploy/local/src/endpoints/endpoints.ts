import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeJson } from '../home/atomic-file.js';
import { Obstacle } from '../obstacle.js';

const HospitalEndpoint = z.object({
  code: z.string(),
  name: z.string(),
  aeTitle: z.string(),
  dicomPort: z.number(),
  hl7Port: z.number().describe('HL7 v2 over MLLP'),
  gateway: z.url(),
  stow: z.url(),
  page: z
    .object({ url: z.url(), username: z.string(), password: z.string() })
    .describe('The page of the gateway, for the hospital’s own staff'),
});
export type HospitalEndpoint = z.infer<typeof HospitalEndpoint>;

/** `$YINGLIAN_HOME/endpoints.json`: where a running province is reached and with which accounts. */
export const Endpoints = z.object({
  edge: z.url(),
  viewer: z.url(),
  dicomweb: z.url(),
  dicomwebDirect: z.url().describe('The same at the study registry itself, for programs that fetch much (ADR 0048)'),
  fhir: z.url(),
  cdsHooks: z.url(),
  oidc: z.url(),
  hospitals: z.array(HospitalEndpoint),
  users: z.array(
    z.object({
      username: z.string(),
      password: z.string(),
      displayName: z.string(),
      roles: z.array(z.string()),
      hospital: z.string().nullable(),
    }),
  ),
  clients: z.array(
    z.object({ clientId: z.string(), clientSecret: z.string(), scope: z.string(), hospital: z.string().nullable() }),
  ),
  dimse: z
    .object({
      aeTitle: z.string(),
      dicomPort: z.number(),
      workstations: z
        .array(z.object({ aeTitle: z.string(), hospital: z.string(), port: z.number() }))
        .describe('Of the sample: who may query there, and where each listens for C-MOVE if it does'),
    })
    .describe('Where workstations query and retrieve studies'),
  processes: z.array(z.object({ name: z.string(), pid: z.number() })),
});
export type Endpoints = z.infer<typeof Endpoints>;

export const endpointsPath = (home: string) => join(home, 'endpoints.json');

/** The endpoints of the province that runs on the home. Throws when none does. */
export function readEndpoints(home: string): Endpoints {
  const found = readJson(endpointsPath(home));
  if (found === undefined) throw new Obstacle(`Nothing runs on ${home}: start it with npm start.`);
  return Endpoints.parse(found);
}

export const writeEndpoints = (home: string, endpoints: Endpoints) => writeJson(endpointsPath(home), endpoints);

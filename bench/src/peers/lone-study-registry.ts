import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareEventLog } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { TestIssuer } from '@yinglian/platform/testing';
import { TestPostgres } from '@yinglian/testing';
import type { DicomWebClient } from '../clients/dicom-web.js';
import { urlFor, whileServiceRuns } from './lone-service.js';

/** The study registry by itself, and its database. */
export interface LoneStudyRegistry {
  readonly sql: Sql;
  /** DICOMweb as a clinician of the hospital reaches it. */
  clientOf(hospital: string): DicomWebClient;
  /** DICOMweb as a program of the hospital reaches it that stores. */
  storingAt(hospital: string): DicomWebClient;
}

/** What a registry stands on: an empty database and event log, tokens, a folder for objects. */
export interface RegistryGround {
  readonly sql: Sql;
  readonly issuer: TestIssuer;
  /** As the service reads them. */
  readonly settings: Readonly<Record<string, string>>;
}

/** @param settings of PostgreSQL */
export async function withRegistryGround<T>(
  settings: readonly string[],
  use: (ground: RegistryGround) => Promise<T>,
): Promise<T> {
  const [postgres, issuer, objects] = await Promise.all([
    TestPostgres.start(settings),
    TestIssuer.start(),
    mkdtemp(join(tmpdir(), 'yinglian-objects-')),
  ]);
  try {
    const log = await postgres.createDatabase('event_log');
    await prepareEventLog(log, {
      roles: [{ name: 'study-registry', password: 'x', writes: ['studies', 'audit'], reads: true }],
    });
    const databaseUrl = await postgres.createDatabase('study_registry');
    const own = {
      DATABASE_URL: databaseUrl,
      EVENT_LOG_URL: urlFor(log, 'study-registry'),
      OBJECTS_FOLDER: objects,
      ...issuer.environment,
    };
    return await use({ sql: postgres.connect(databaseUrl), issuer, settings: own });
  } finally {
    await Promise.all([postgres.stop(), issuer.stop()]);
    await rm(objects, { recursive: true, force: true });
  }
}

/** Starts an empty one, and ends it. @param settings of PostgreSQL */
export const withLoneStudyRegistry = <T>(
  settings: readonly string[],
  use: (registry: LoneStudyRegistry) => Promise<T>,
): Promise<T> =>
  withRegistryGround(settings, ({ sql, issuer, settings: own }) =>
    whileServiceRuns('study-registry', own, (address) => {
      const clientOf = (hospital: string) => ({
        url: `${address}/dicom-web`,
        authorization: tokenOf(issuer, hospital),
      });
      const storingAt = (hospital: string) => ({
        url: `${address}/dicom-web`,
        authorization: async () =>
          `Bearer ${await issuer.serviceToken({ clientId: `device-${hospital}`, scopes: ['stow:write'], hospital })}`,
      });
      return use({ sql, clientOf, storingAt });
    }),
  );

/** One token for all requests, as a viewer has. */
function tokenOf(issuer: TestIssuer, hospital: string): () => Promise<string> {
  const token = issuer.personToken({ subject: `dr.${hospital}`, roles: ['clinician'], hospital });
  return async () => `Bearer ${await token}`;
}

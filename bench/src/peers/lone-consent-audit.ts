import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareEventLog } from '@yinglian/messaging';
import type { Database } from '@yinglian/persistence';
import { TestIssuer } from '@yinglian/platform/testing';
import { TestPostgres } from '@yinglian/testing';
import { keysOfFile, type NoteVerifier, newKeyFile, noteVerifier, verifierKey } from '@yinglian/transparency-log';
import { urlFor, whileServiceRuns } from './lone-service.js';

/** consent-audit by itself, its database, and the event log that others tell it by. */
export interface LoneConsentAudit {
  readonly database: Database;
  /** Of who may write to the topic `audit`. */
  readonly eventLogUrl: string;
  /** The log's name, and whose signatures its checkpoints have. */
  readonly origin: string;
  readonly verifiers: readonly NoteVerifier[];
  /** As an auditor of the commission. Throws for what is no 200. */
  get(path: string): Promise<Response>;
}

const ORIGIN = 'bench.yinglian/audit';

/** Starts an empty one, and ends it. @param settings of PostgreSQL */
export async function withLoneConsentAudit<T>(
  settings: readonly string[],
  use: (audit: LoneConsentAudit) => Promise<T>,
): Promise<T> {
  const [postgres, issuer, folder] = await Promise.all([
    TestPostgres.start(settings),
    TestIssuer.start(),
    mkdtemp(join(tmpdir(), 'yinglian-audit-')),
  ]);
  try {
    const log = await postgres.createDatabase('event_log');
    const others = { name: 'others', password: 'x', writes: ['audit'], reads: false };
    await prepareEventLog(log, {
      roles: [{ name: 'consent-audit', password: 'x', writes: ['consents', 'audit'], reads: true }, others],
    });
    const databaseUrl = await postgres.createDatabase('consent_audit');
    const keyFile = join(folder, 'keys.pem');
    const keys = newKeyFile();
    await writeFile(keyFile, keys);
    const own = {
      DATABASE_URL: databaseUrl,
      EVENT_LOG_URL: urlFor(log, 'consent-audit'),
      AUDIT_LOG_KEY_FILE: keyFile,
      HOUSEHOLD_KEY_FILE: keyFile,
      AUDIT_LOG_ORIGIN: ORIGIN,
      ...issuer.environment,
    };
    const token = await issuer.personToken({ subject: 'auditor', roles: ['auditor'], hospital: null });
    return await whileServiceRuns('consent-audit', own, (address) =>
      use({
        database: postgres.connect(databaseUrl),
        eventLogUrl: urlFor(log, 'others'),
        origin: ORIGIN,
        verifiers: keysOfFile(keys).map((key) => noteVerifier(verifierKey(ORIGIN, key))),
        get: async (path) => {
          const response = await fetch(`${address}/api/consent-audit/${path}`, {
            headers: { authorization: `Bearer ${token}` },
          });
          if (!response.ok) throw new Error(`${path} is answered by ${response.status}: ${await response.text()}`);
          return response;
        },
      }),
    );
  } finally {
    await Promise.all([postgres.stop(), issuer.stop()]);
    await rm(folder, { recursive: true });
  }
}

import { readFile } from 'node:fs/promises';
import type { StudyRegistryConfig } from '../study-registry.config.js';

/** Own key and certificate, and the authorities of workstations. */
export interface TlsFiles {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
}

/** Undefined when one of them is not configured. Rejects when one is not there. */
export async function readTlsFiles(config: StudyRegistryConfig): Promise<TlsFiles | undefined> {
  const { DIMSE_TLS_KEY_FILE, DIMSE_TLS_CERTIFICATE_FILE, DIMSE_TLS_CA_FILE } = config;
  if (DIMSE_TLS_KEY_FILE === undefined || DIMSE_TLS_CERTIFICATE_FILE === undefined || DIMSE_TLS_CA_FILE === undefined) {
    return undefined;
  }
  const paths = [DIMSE_TLS_KEY_FILE, DIMSE_TLS_CERTIFICATE_FILE, DIMSE_TLS_CA_FILE];
  const [key = '', cert = '', ca = ''] = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  return { key, cert, ca };
}

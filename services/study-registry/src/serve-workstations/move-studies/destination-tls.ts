import type { ConnectionOptions } from 'node:tls';
import { Fingerprint } from '@yinglian/contracts';
import type { StudyRegistryConfig } from '../../study-registry.config.js';
import { readTlsFiles } from '../tls-files.js';

/**
 * Towards a destination: it proves that it is the workstation by one of the certificates that it calls with, whatever names stand in
 * them (ADR 0030).
 */
export async function destinationTls(
  config: StudyRegistryConfig,
  certificates: readonly string[],
): Promise<ConnectionOptions> {
  return {
    ...(await readTlsFiles(config)),
    checkServerIdentity: (_, { fingerprint256 }) => {
      const shown = Fingerprint.safeParse(fingerprint256);
      return shown.success && certificates.includes(shown.data)
        ? undefined
        : new Error('The destination shows a certificate that is not its own');
    },
  };
}

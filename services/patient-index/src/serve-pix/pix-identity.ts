import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { PatientIndexConfig } from '../patient-index.config.js';

/** Where key, certificate chain and authorities of the partners stand; PEM. */
export interface TlsFiles {
  readonly key: string;
  readonly certificate: string;
  readonly authorities: string;
}

export function tlsFilesOf(config: PatientIndexConfig): TlsFiles {
  const { PIX_TLS_KEY_FILE: key, PIX_TLS_CERTIFICATE_FILE: certificate, PIX_TLS_CA_FILE: authorities } = config;
  if (key === undefined || certificate === undefined || authorities === undefined) {
    throw new Error('PIX_TLS_PORT needs PIX_TLS_KEY_FILE, PIX_TLS_CERTIFICATE_FILE and PIX_TLS_CA_FILE');
  }
  return { key, certificate, authorities };
}

export interface PixIdentity {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
}

/** Rejects when a file is not there, or the key is not that of the certificate. */
export async function readIdentity(files: TlsFiles): Promise<PixIdentity> {
  const [key, cert, ca] = await Promise.all([
    readFile(files.key, 'utf8'),
    readFile(files.certificate, 'utf8'),
    readFile(files.authorities, 'utf8'),
  ]);
  createSecureContext({ key, cert, ca });
  return { key, cert, ca };
}

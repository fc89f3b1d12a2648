import { z } from 'zod';

const path = (meaning: string) => z.string().min(1).optional().describe(meaning);

export const atnaShape = {
  ATNA_SYSLOG_HOST: z
    .string()
    .min(1)
    .optional()
    .describe('Audit record repository (IHE ATNA) that the audit log is sent to, by syslog over TLS; without it, none'),
  ATNA_SYSLOG_PORT: z.coerce.number().int().min(1).max(65535).default(6514).describe('Its port (RFC 5425)'),
  ATNA_SYSLOG_CA_FILE: path('Authorities that certify it, PEM; those of the system unless told'),
  ATNA_SYSLOG_CERTIFICATE_FILE: path('Certificate that it asks for, with the chain, PEM'),
  ATNA_SYSLOG_KEY_FILE: path('Private key of that certificate, PEM'),
};

export interface AtnaSettings {
  /** Null: nothing is sent. */
  readonly host: string | null;
  readonly port: number;
  readonly authorities: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  /** The name of the log, which says where records come from. */
  readonly origin: string;
}

export const ATNA_SETTINGS = Symbol('where the audit log is sent');

export type AtnaConfig = z.output<z.ZodObject<typeof atnaShape>> & { readonly AUDIT_LOG_ORIGIN: string };

/** @throws when of a certificate and its key one is missing */
export function atnaSettings(config: AtnaConfig): AtnaSettings {
  const { ATNA_SYSLOG_CERTIFICATE_FILE: certificate, ATNA_SYSLOG_KEY_FILE: key } = config;
  if ((certificate === undefined) !== (key === undefined))
    throw new Error('ATNA_SYSLOG_CERTIFICATE_FILE and ATNA_SYSLOG_KEY_FILE go together');
  return {
    host: config.ATNA_SYSLOG_HOST ?? null,
    port: config.ATNA_SYSLOG_PORT,
    authorities: config.ATNA_SYSLOG_CA_FILE,
    certificate,
    key,
    origin: config.AUDIT_LOG_ORIGIN,
  };
}

import { HospitalCode } from '@yinglian/contracts';
import { messagingShape } from '@yinglian/messaging';
import { defineConfig } from '@yinglian/platform';
import { z } from 'zod';

const milliseconds = (preset: number, meaning: string) =>
  z.coerce.number().int().min(1).default(preset).describe(`${meaning}, in milliseconds`);

const port = z.coerce.number().int().min(0).max(65535);

export const gatewayConfig = defineConfig('gateway', {
  ...messagingShape,
  HOSPITAL: HospitalCode,
  DICOM_PORT: z.coerce.number().int().min(0).max(65535).describe('Port of the DIMSE storage provider'),
  DICOM_TLS_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .optional()
    .describe('Port of the same with TLS (the registered one is 2762); without it there is none'),
  DICOM_TLS_KEY_FILE: z.string().min(1).optional().describe('Private key for DICOM over TLS, PEM'),
  DICOM_TLS_CERTIFICATE_FILE: z.string().min(1).optional().describe('Its certificate, with the chain, PEM'),
  DICOM_TLS_CA_FILE: z.string().min(1).optional().describe('Authorities that certify the hospital’s devices, PEM'),
  DICOM_TLS_PEERS: z
    .enum(['certified', 'any'])
    .default('certified')
    .describe('Whether a device needs a certificate of those authorities'),
  PAGE_TLS_PORT: port
    .optional()
    .describe('Port of what PORT answers, with TLS; the page is then open over plain HTTP to this machine only'),
  PAGE_TLS_KEY_FILE: z.string().min(1).optional().describe('Private key for PAGE_TLS_PORT, PEM'),
  PAGE_TLS_CERTIFICATE_FILE: z.string().min(1).optional().describe('Its certificate, with the chain, PEM'),
  HL7_PORT: port.optional().describe('Port of HL7 v2 over MLLP (the registered one is 2575); without it there is none'),
  HL7_TLS_PORT: port
    .optional()
    .describe('Port of the same with TLS, with the key, the certificate and the authorities of DICOM over TLS'),
  HL7_MAX_MESSAGE_BYTES: z.coerce
    .number()
    .int()
    .min(1_024)
    .default(16 * 1024 ** 2)
    .describe('Longest HL7 message that is taken, in bytes'),
  HL7_MAX_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(1)
    .default(64)
    .describe('HL7 connections at the same time, per port'),
  HL7_IDLE_MS: milliseconds(3_600_000, 'Silence after which an HL7 connection is closed'),
  HL7_FRAME_MS: milliseconds(60_000, 'How long an HL7 message may take from its first byte to its last'),
  MESSAGES_KEEP_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .default(30)
    .describe('Days after which applied HL7 messages are forgotten; parked ones stay'),
  HOSPITAL_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('JSON file with what the hospital’s own IT staff decide; every preset holds without it'),
  SPOOL_FOLDER: z.string().min(1).describe('Folder for what was acknowledged and not yet uploaded'),
  SPOOL_MIN_FREE_BYTES: z.coerce
    .number()
    .int()
    .min(0)
    .default(1024 ** 3)
    .describe('Free bytes of the disk below which nothing is accepted (C-STORE status A700)'),
  SPOOL_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Bytes that the spool takes at most (then C-STORE status A700); without it as the disk allows'),
  SPOOL_WARN_PERCENT: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(80)
    .describe('Part of the allowed space from which on the alarm SPOOL_FILLING is raised'),
  SPOOL_MAX_INSTANCES: z.coerce
    .number()
    .int()
    .min(1)
    .default(500_000)
    .describe('Instances that wait for the registry at most, about 2 KB of memory each; beyond, nothing is accepted'),
  KEPT_PACKS_FOLDER: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder for packs that stay at the hospital until somebody opens them; without it `kept` in the folder of the spool',
    ),
  PROVINCE_URL: z.url().describe('Address of the province’s edge'),
  OIDC_TOKEN_URL: z.url().describe('Where access tokens are issued'),
  OIDC_CLIENT_ID: z.string().min(1).describe('The gateway’s client at the province'),
  OIDC_CLIENT_SECRET: z.string().min(1).optional().describe('The secret of that client, if it has no key'),
  OIDC_CLIENT_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('File with the private key of that client as a JWK, in place of a secret; read again for each token'),
  MAX_ASSOCIATIONS: z.coerce.number().int().min(1).default(32).describe('Associations at the same time'),
  ASSOCIATION_IDLE_MS: milliseconds(
    60_000,
    'Silence after which an association is aborted, or a STOW-RS request dropped',
  ),
  ARTIM_MS: milliseconds(30_000, 'How long a peer may take to ask for an association and to close a connection'),
  COMMITMENT_WAIT_MS: milliseconds(
    24 * 3_600_000,
    'How long storage commitment waits for instances that are on their way to the registry',
  ),
  COMMITMENT_KEEP_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .default(14)
    .describe(
      'Days for which it is known what became of an instance; storage commitment that is asked for later fails (0112)',
    ),
  STUDY_QUIET_AFTER_RELEASE_MS: milliseconds(300, 'Quiet after the last association that carried a study'),
  STUDY_QUIET_MS: milliseconds(5_000, 'Quiet after the last instance of a study while associations stay open'),
  PROVINCE_TIMEOUT_MS: milliseconds(60_000, 'Silence of the province after which a request is given up'),
  STUDY_UNFINISHED_MS: milliseconds(
    1_800_000,
    'Quiet of a study of which a device or RIS says that more is to come; then it is held for complete all the same',
  ),
  RECONCILE_FROM_HOUR: z.coerce
    .number()
    .int()
    .min(0)
    .max(23)
    .default(2)
    .describe('Hour from which on the days before are held against the registry and reported, where the hospital is'),
  AUDIT_WITNESS_ONE_IN: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(1)
    .describe(
      'Of so many tiles of the audit log one is kept here, 44 bytes a record: a third of the number of hospitals lets three keep each',
    ),
  AUDIT_WITNESS_MS: milliseconds(30_000, "How often the province's audit log is looked at"),
  CONFIGURATION_POLL_MS: milliseconds(2_000, 'Time between two questions for the hospital’s configuration'),
  KEPT_PACKS_POLL_MS: milliseconds(
    60_000,
    'Time between two questions which packs that are kept here the province would let go',
  ),
});

export type GatewayConfig = ReturnType<typeof gatewayConfig.load>;

import { AeTitle, HospitalCode, Sha256 } from '@yinglian/contracts';
import { z } from 'zod';

const USUAL_ASSOCIATIONS = 8;

/** Of a certificate. As programs print it: `openssl x509 -fingerprint` with capital letters and colons. */
export const Fingerprint = z
  .string()
  .transform((text) => text.replaceAll(':', '').toLowerCase())
  .pipe(Sha256);

/** A device of one hospital that may query and retrieve: how it proves who it is, and where it listens for C-MOVE. */
export const Workstation = z
  .strictObject({
    aeTitle: AeTitle,
    hospital: HospitalCode,
    name: z.string().min(1).max(64).optional(),
    certificates: z.array(Fingerprint).max(8).default([]).describe('SHA-256 of each certificate that it may show'),
    plain: z.boolean().default(false).describe('Whether it may come without TLS, where nothing proves who it is'),
    host: z.string().min(1).max(253).optional().describe('Where it listens for what C-MOVE sends'),
    port: z.number().int().min(1).max(65_535).optional(),
    tls: z.boolean().default(true).describe('Whether it listens with TLS'),
    maximumAssociations: z.number().int().min(1).max(100).default(USUAL_ASSOCIATIONS),
  })
  .refine(({ host, port }) => (host === undefined) === (port === undefined), {
    message: 'A host and a port belong together',
    path: ['port'],
  })
  .refine(({ host, tls, certificates }) => host === undefined || !tls || certificates.length > 0, {
    message: 'Who listens with TLS shows one of its certificates there too',
    path: ['certificates'],
  });
export type Workstation = z.output<typeof Workstation>;

export const Workstations = z.strictObject({
  workstations: z
    .array(Workstation)
    .max(5_000)
    .refine((all) => new Set(all.map(({ aeTitle }) => aeTitle)).size === all.length, {
      message: 'An AE title stands there twice',
    }),
});

import { z } from 'zod';
import { AeTitle, HospitalCode, Sha256 } from './identifiers.js';

const USUAL_ASSOCIATIONS = 8;
export const MOST_CERTIFICATES = 8;

/** Of a certificate. As programs print it: `openssl x509 -fingerprint` with capital letters and colons. */
export const Fingerprint = z
  .string()
  .transform((text) => text.replaceAll(':', '').toLowerCase())
  .pipe(Sha256);

const settings = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .regex(/^\P{Cc}*$/u)
    .nullable()
    .default(null),
  certificates: z
    .array(Fingerprint)
    .max(MOST_CERTIFICATES)
    .refine((all) => new Set(all).size === all.length, 'lists a certificate twice')
    .default([])
    .describe('SHA-256 of each certificate that it may show'),
  plain: z.boolean().default(false).describe('Whether it may come without TLS, where nothing proves who it is'),
  host: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9._:-]+$/)
    .nullable()
    .default(null)
    .describe('Name or address where it listens for what C-MOVE sends'),
  port: z.number().int().min(1).max(65_535).nullable().default(null),
  tls: z.boolean().default(true).describe('Whether it listens with TLS'),
  maximumAssociations: z.number().int().min(1).max(100).default(USUAL_ASSOCIATIONS),
};

/** How a workstation proves who it is, and where it listens for C-MOVE. */
export type WorkstationSettings = Readonly<z.output<z.ZodObject<typeof settings>>>;

/** A title that is a step of a path would not stand in an address. */
const WorkstationTitle = AeTitle.refine((title) => title !== '.' && title !== '..', 'is a step of a path');

const newShape = { aeTitle: WorkstationTitle, ...settings };

/** What is said of a workstation that is changed. */
export const ChangedWorkstation = z
  .strictObject({
    version: z.int().positive().describe('The version that was read; another one meanwhile is 409 VERSION_CONFLICT'),
    ...settings,
  })
  .superRefine(belongsTogether);
export type ChangedWorkstation = z.output<typeof ChangedWorkstation>;

/** What is said of a workstation of a known hospital. */
export const NewWorkstation = z.strictObject(newShape).superRefine(belongsTogether);
export type NewWorkstation = z.output<typeof NewWorkstation>;

/** A workstation with its hospital, as a file lists it. */
export const WorkstationSeed = z.strictObject({ hospital: HospitalCode, ...newShape }).superRefine(belongsTogether);
export type WorkstationSeed = z.output<typeof WorkstationSeed>;

function belongsTogether({ host, port, tls, certificates }: WorkstationSettings, context: z.RefinementCtx): void {
  if ((host === null) !== (port === null)) {
    context.addIssue({ code: 'custom', message: 'A host and a port belong together', path: ['port'] });
  }
  if (host !== null && tls && certificates.length === 0) {
    const message = 'Who listens with TLS shows one of its certificates there too';
    context.addIssue({ code: 'custom', message, path: ['certificates'] });
  }
}

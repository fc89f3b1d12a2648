import { AeTitle, Uid } from '@yinglian/contracts';
import { z } from 'zod';

/** DCMTK sends at most 128 KiB; longer PDUs gain nothing. */
export const USUAL_PDU_BYTES = 131_072;
/** A modality has one or two open, a PACS that forwards some more. */
const USUAL_ASSOCIATIONS = 8;

/** One of the hospital's own devices, as its IT staff describe it: what it may do here, and where it listens itself. */
export const Device = z
  .strictObject({
    aeTitle: AeTitle,
    name: z.string().min(1).max(64).optional().describe('What the hospital calls it; preset its AE title'),
    kind: z.enum(['modality', 'pacs', 'workstation', 'ris']).default('modality'),
    host: z.string().min(1).max(253).optional().describe('Where it listens, for reports, echo tests and pushed images'),
    port: z.number().int().min(1).max(65_535).optional(),
    tls: z.boolean().default(false).describe('Whether it listens with TLS'),
    maximumAssociations: z.number().int().min(1).max(1_000).default(USUAL_ASSOCIATIONS),
    maximumPduLength: z.number().int().min(4_096).max(1_048_576).default(USUAL_PDU_BYTES),
    sopClasses: z.array(Uid).min(1).optional().describe('The only storage classes that it may send; preset all'),
    requireTls: z.boolean().default(false).describe('Whether it is turned away on the plain port'),
  })
  .refine(({ host, port }) => (host === undefined) === (port === undefined), {
    message: 'A host and a port belong together',
    path: ['port'],
  })
  .transform((device) => ({ ...device, name: device.name ?? device.aeTitle }));
export type Device = z.output<typeof Device>;

export const Devices = z
  .array(Device)
  .max(1_000)
  .refine((devices) => new Set(devices.map(({ aeTitle }) => aeTitle)).size === devices.length, {
    message: 'An AE title stands there twice',
  });

/** The presets, for a device that the hospital's file does not describe. */
export const usualDevice = (aeTitle: string): Device => Device.parse({ aeTitle });

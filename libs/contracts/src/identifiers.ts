import { z } from 'zod';

/** A member hospital's code in the province, for instance `H001`. */
export const HospitalCode = z
  .string()
  .regex(/^[A-Z][A-Z0-9]{1,15}$/)
  .describe('Code of a member hospital, 2 to 16 capital letters and digits, for instance H001');
export type HospitalCode = z.infer<typeof HospitalCode>;

/** DICOM unique identifier (PS3.5 section 9.1). Some devices send leading zeros in a component; they are kept. */
export const Uid = z
  .string()
  .max(64)
  .regex(/^[0-9]+(\.[0-9]+)*$/)
  .describe('DICOM unique identifier (PS3.5 section 9.1)');
export type Uid = z.infer<typeof Uid>;

/** The province's own identifier of a person: opaque, never derived from what is known of them. */
export const PersonId = z
  .string()
  .regex(/^P[0-9A-HJKMNP-TV-Z]{26}$/)
  .describe("The province's identifier of a person: P and a ULID");
export type PersonId = z.infer<typeof PersonId>;

/** DICOM Application Entity title (PS3.5 section 6.2): up to 16 characters without backslash or control characters. */
export const AeTitle = z
  .string()
  .trim()
  .min(1)
  .max(16)
  .regex(/^[\x20-\x5b\x5d-\x7e]+$/)
  .describe('DICOM application entity title');
export type AeTitle = z.infer<typeof AeTitle>;

export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256 as 64 lower-case hexadecimal digits');
export type Sha256 = z.infer<typeof Sha256>;

/** A calendar date in DICOM form, YYYYMMDD. It has no time zone. */
export const DicomDate = z
  .string()
  .regex(/^\d{8}$/)
  .describe('Calendar date YYYYMMDD (PS3.5 DA)');

/** A time of day in DICOM form, HHMMSS or shorter, with an optional fraction. It has no time zone. */
export const DicomTime = z
  .string()
  .regex(/^\d{2}(\d{2}(\d{2}(\.\d{1,6})?)?)?$/)
  .describe('Time of day HHMMSS.FFFFFF (PS3.5 TM)');

export const Instant = z.iso.datetime().describe('UTC instant, RFC 3339');

/** How one hospital knows a patient. Identity is always all three parts, never a bare PatientID. */
export const LocalPatientKey = z.object({
  hospital: HospitalCode,
  issuer: z
    .string()
    .max(64)
    .describe(
      'Issuer of Patient ID (0010,0021); empty when the hospital has one only; `study` when the images carry no Patient ID and the id is the Study Instance UID',
    ),
  id: z.string().min(1).max(128).describe('Patient ID (0010,0020)'),
});
export type LocalPatientKey = z.infer<typeof LocalPatientKey>;

import { z } from 'zod';

const text = (most: number) => z.string().max(most);

/** Of an Identifier what is read of it; the rest may be there. */
export const IdentifierBody = z.object({
  system: text(256).optional(),
  value: text(256).optional(),
  type: z
    .object({
      coding: z
        .array(z.object({ code: text(64).optional() }))
        .max(8)
        .optional(),
    })
    .optional(),
  assigner: z.object({ display: text(256).optional() }).optional(),
});
export type IdentifierBody = z.infer<typeof IdentifierBody>;

const Name = z.object({
  use: text(16).optional(),
  text: text(1_000).optional(),
  family: text(1_000).optional(),
  given: z.array(text(1_000)).max(8).optional(),
});
export type NameBody = z.infer<typeof Name>;

const Address = z.object({
  line: z.array(text(256)).max(4).optional(),
  text: text(256).optional(),
  district: text(64).optional(),
  city: text(64).optional(),
  state: text(64).optional(),
  postalCode: text(16).optional(),
});
export type AddressBody = z.infer<typeof Address>;

const Link = z.object({
  type: z.enum(['replaced-by', 'replaces', 'refer', 'seealso']),
  other: z.object({ reference: text(256).optional(), identifier: IdentifierBody.optional() }),
});
export type LinkBody = z.infer<typeof Link>;

/** A Patient as sources and those who ask for a match send it (http://hl7.org/fhir/R4/patient.html): what is read, and its bounds. */
export const PatientBody = z.object({
  resourceType: z.literal('Patient'),
  // To leave them unread could turn the meaning of the rest around (http://hl7.org/fhir/R4/extensibility.html#modifierExtension).
  implicitRules: z.undefined('implicitRules are not understood here').optional(),
  modifierExtension: z.undefined('modifier extensions are not understood here').optional(),
  identifier: z.array(IdentifierBody).max(17).default([]),
  active: z.boolean().optional(),
  name: z.array(Name).max(8).default([]),
  gender: z.enum(['male', 'female', 'other', 'unknown']).optional(),
  birthDate: z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'is no date')
    .optional(),
  telecom: z
    .array(z.object({ system: text(16).optional(), value: text(64).optional() }))
    .max(16)
    .default([]),
  address: z.array(Address).max(8).default([]),
  multipleBirthInteger: z.number().int().optional(),
  link: z.array(Link).max(8).default([]),
});
export type PatientBody = z.infer<typeof PatientBody>;

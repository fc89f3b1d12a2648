import { z } from 'zod';
import { IdentifierBody, ReferenceBody } from './consent-names.js';

const Code = z.string().max(64);
const Concept = z.looseObject({
  coding: z.array(z.looseObject({ system: z.string().exactOptional(), code: Code.exactOptional() })).exactOptional(),
});

/**
 * A Consent that a program or a clerk sends. What would narrow or turn its meaning and is not read here is refused, never passed over: a
 * provision has nothing but what stands here, and nothing modifies it.
 */
export const ConsentBody = z.looseObject({
  resourceType: z.literal('Consent'),
  id: z.string().max(64).exactOptional(),
  implicitRules: z.undefined().optional(),
  modifierExtension: z.undefined().optional(),
  extension: z
    .array(
      z.looseObject({
        url: z.string().max(256),
        valueCode: Code.exactOptional(),
        valueString: z.string().max(256).exactOptional(),
      }),
    )
    .max(16)
    .default([]),
  status: z.enum(['active', 'inactive']),
  scope: Concept,
  patient: ReferenceBody,
  performer: z.array(ReferenceBody).max(1).default([]),
  sourceReference: z.looseObject({ identifier: IdentifierBody.exactOptional() }).exactOptional(),
  provision: z.strictObject({
    id: z.string().max(64).exactOptional(),
    type: z.enum(['deny', 'permit']),
    // A day is the whole of it (http://hl7.org/fhir/R4/datatypes.html#Period); a beginning is not read.
    period: z.strictObject({ end: z.iso.date() }).exactOptional(),
    actor: z
      .array(z.strictObject({ role: Concept, reference: ReferenceBody }))
      .max(1)
      .default([]),
    data: z
      .array(z.strictObject({ meaning: z.literal('instance'), reference: ReferenceBody }))
      .max(1)
      .default([]),
  }),
});
export type ConsentBody = z.output<typeof ConsentBody>;

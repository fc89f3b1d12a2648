import { z } from 'zod';
import { PatientBody } from './patient-body.js';

const MOST_MATCHES = 100;
const USUAL_MATCHES = 20;

/** What `$match` is asked with (http://hl7.org/fhir/R4/patient-operation-match.html). */
export interface MatchAsked {
  readonly patient: PatientBody;
  readonly onlyCertainMatches: boolean;
  readonly count: number;
}

const Parameter = z.object({
  name: z.string().max(64),
  resource: PatientBody.optional(),
  valueBoolean: z.boolean().optional(),
  valueInteger: z.number().int().positive().optional(),
});

const MatchParameters = z
  .object({ resourceType: z.literal('Parameters'), parameter: z.array(Parameter).max(16) })
  .transform(({ parameter }, context): MatchAsked => {
    const of = (name: string) => parameter.find((one) => one.name === name);
    const patient = of('resource')?.resource;
    if (patient === undefined) {
      context.addIssue({ code: 'custom', message: 'needs a parameter "resource" with a Patient' });
      return z.NEVER;
    }
    const count = Math.min(of('count')?.valueInteger ?? USUAL_MATCHES, MOST_MATCHES);
    return { patient, onlyCertainMatches: of('onlyCertainMatches')?.valueBoolean ?? false, count };
  });

/** A Patient alone is one without the other parameters (ITI-119, section 2:3.119.4.1.2). */
const MatchPatient = PatientBody.transform(
  (patient): MatchAsked => ({ patient, onlyCertainMatches: false, count: USUAL_MATCHES }),
);

export const MatchBody = z.union([MatchParameters, MatchPatient]);

import { HospitalCode } from '@yinglian/contracts';
import { z } from 'zod';

const Authority = z.strictObject({
  namespace: z.string().min(1).max(64).describe('As systems name it in CX.4.1'),
  oid: z
    .string()
    .max(199)
    .regex(/^[0-2](\.(0|[1-9]\d*))+$/, 'is no OID')
    .optional()
    .describe('As systems name it in CX.4.2 (with ISO in CX.4.3)'),
});

const Domain = Authority.extend({
  hospital: HospitalCode,
  issuer: z.string().max(64).default('').describe('As its gateway names it; empty when the hospital has one only'),
});

const Partner = z.strictObject({
  client: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'is no name of a client')
    .describe('As the access log names it'),
  hospital: HospitalCode.describe('That answers for who uses it'),
  application: z.string().min(1).max(227).describe('MSH-3'),
  facility: z.string().min(1).max(227).describe('MSH-4'),
  certificate: z
    .string()
    .min(1)
    .optional()
    .describe('Common name or DNS name in its certificate; with it it is heard over TLS only, without it never'),
  charset: z.enum(['utf-8', 'gb18030']).optional().describe('Read and answer it so, whatever it declares'),
  feeds: z.array(z.string()).max(50).default([]).describe('Namespaces whose patients it tells of (ITI-8)'),
  queries: z.boolean().default(false).describe('Whether it finds persons (ITI-9, ITI-21)'),
});

/** The file of PIX_FILE: who may speak HL7 v2 to the patient index, and what numbers are called there. */
export const PixSettings = z
  .strictObject({
    timeZone: z
      .string()
      .regex(/^[+-](0\d|1[0-4])[0-5]\d$/, 'is no time zone; one is written like +0800')
      .default('+0800')
      .describe('Of time stamps without one'),
    province: Authority.describe('Who gives out the ids of persons'),
    // WS/T 500 names resident ids by this OID.
    residentIds: Authority.default({ namespace: 'MPS', oid: '2.16.156.10011.1.3' }).describe(
      'Who gives out resident ids',
    ),
    domains: z.array(Domain).max(10_000).describe("Hospitals' own numbers"),
    partners: z.array(Partner).min(1).max(10_000),
  })
  .superRefine(({ province, residentIds, domains, partners }, context) => {
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const authorities = [province, residentIds, ...domains];
    for (const name of repeated(authorities.map(({ namespace }) => namespace))) {
      refuse(['domains'], `has the namespace ${name} twice`);
    }
    for (const oid of repeated(authorities.flatMap((each) => each.oid ?? []))) refuse(['domains'], `has ${oid} twice`);
    for (const key of repeated(domains.map(({ hospital, issuer }) => `${hospital} ${issuer}`.trim()))) {
      refuse(['domains'], `has numbers of ${key} twice`);
    }
    for (const client of repeated(partners.map((each) => each.client))) refuse(['partners'], `has ${client} twice`);
    for (const name of repeated(partners.map(({ application, facility }) => `${application} at ${facility}`))) {
      refuse(['partners'], `has ${name} twice`);
    }
    for (const [index, { hospital, feeds }] of partners.entries()) {
      const own = domains.filter((domain) => domain.hospital === hospital).map(({ namespace }) => namespace);
      const foreign = feeds.filter((namespace) => !own.includes(namespace));
      if (foreign.length > 0) refuse(['partners', index, 'feeds'], `names what are no domains of ${hospital}`);
    }
  });
export type PixSettings = z.output<typeof PixSettings>;
export type PixPartner = PixSettings['partners'][number];

/** The settings in a file's text. Throws an error that names each wrong place, never its value. */
export function parsePixSettings(text: string): PixSettings {
  const parsed = PixSettings.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}

const repeated = (texts: readonly string[]) => new Set(texts.filter((text, at) => texts.indexOf(text) !== at));

import { resolve } from 'node:path';
import { z } from 'zod';
import { Obstacle } from './obstacle.js';

const Port = z.coerce.number().int().min(1).max(65_535);
const GIB = 1024 * 1024 * 1024;

/** Everything that the launcher reads from its environment. */
export const Settings = z.object({
  YINGLIAN_HOME: z
    .string()
    .default('.yinglian')
    .transform((path) => resolve(path))
    .describe('Folder of all data'),
  YINGLIAN_PORT: Port.max(65_534).default(8080).describe('Port of the edge; the viewer has the next one'),
  YINGLIAN_HOSTNAME: z
    .enum(['127.0.0.1', 'localhost'])
    .default('127.0.0.1')
    .describe(
      'This machine in the addresses that people open; `localhost` for passkeys, which an IP address has none of',
    ),
  YINGLIAN_DICOM_PORT: Port.default(11_112).describe("DIMSE port of the first hospital's gateway; the others follow"),
  YINGLIAN_HL7_PORT: Port.default(2575).describe("HL7 v2 port of the first hospital's gateway; the others follow"),
  YINGLIAN_SAMPLE: z
    .enum(['0', '1'])
    .default('1')
    .describe('0: a new home starts with an administrator only, without sample hospitals, people and studies'),
  YINGLIAN_PROVINCE_URL: z
    .url()
    .optional()
    .describe('Where gateways reach the edge when something stands between them, a line or a proxy; else the edge'),
  YINGLIAN_EVENTS: z.enum(['postgres', 'kafka']).default('postgres').describe('What carries the events'),
  YINGLIAN_KAFKA_BROKERS: z
    .string()
    .optional()
    .describe('host:port,… of a Kafka that runs already; without it YINGLIAN_EVENTS=kafka starts one'),
  YINGLIAN_MIN_FREE_BYTES: z.coerce
    .number()
    .int()
    .nonnegative()
    .default(2 * GIB)
    .describe('Free disk space in bytes below which nothing is started'),
});
export type Settings = z.output<typeof Settings>;

/** Parses the environment; the error names each wrong variable. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const parsed = Settings.safeParse(environment);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Obstacle(`The settings are wrong. ${problems.join('; ')}`);
}

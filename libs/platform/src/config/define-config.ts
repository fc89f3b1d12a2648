import { z } from 'zod';

/** What every service reads, whatever it does. */
const serviceShape = {
  HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
  PORT: z.coerce.number().int().min(0).max(65535).describe('Port to listen on'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('Least severe log line written'),
  OIDC_ISSUER: z.url().describe('Issuer that access tokens must name, as people see it'),
  OIDC_JWKS_URL: z.url().describe('Where the issuer’s signing keys are fetched'),
};

/** The audience of every access token of the province. */
export const TOKEN_AUDIENCE = 'urn:yinglian:province';

export type ServiceShape = typeof serviceShape;
export type ServiceConfig = z.output<z.ZodObject<ServiceShape>>;

export interface ConfigDefinition<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly service: string;
  readonly schema: z.ZodObject<ServiceShape & Shape>;
  /** Parses the environment once. Throws an error that names each wrong variable, never its value. */
  load(environment?: NodeJS.ProcessEnv): z.output<z.ZodObject<ServiceShape & Shape>>;
}

/** Declares everything that a service reads from its environment; docs/reference/configuration.md is generated from it. */
export function defineConfig<const Shape extends z.ZodRawShape>(
  service: string,
  shape: Shape,
): ConfigDefinition<Shape> {
  const schema = z.object({ ...serviceShape, ...shape }) as z.ZodObject<ServiceShape & Shape>;
  return {
    service,
    schema,
    load(environment = process.env) {
      const parsed = schema.safeParse(environment);
      if (parsed.success) return parsed.data;
      const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      throw new Error(`${service} cannot start, its configuration is wrong: ${problems.join('; ')}`);
    },
  };
}

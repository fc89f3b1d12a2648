import { z } from 'zod';
import type { PublicModule } from './public-modules.js';
import { table } from './table.js';

/** docs/reference/configuration.md: what each service reads from its environment. */
export function configurationReference(modules: readonly PublicModule[]): string {
  const services = modules
    .flatMap(({ exports }) => Object.values(exports))
    .filter(isDefinition)
    .sort((a, b) => a.service.localeCompare(b.service));
  if (services.length === 0) throw new Error('No configuration was found: the reference would be empty');
  return [
    '# Configuration',
    'Each service reads these environment variables once, when it starts. `npm start` sets all of them.',
    ...services.flatMap(({ service, schema }) => [`## ${service}`, variables(schema)]),
  ].join('\n\n');
}

interface Definition {
  readonly service: string;
  readonly schema: z.ZodObject;
}

const isDefinition = (value: unknown): value is Definition =>
  typeof value === 'object' &&
  value !== null &&
  'service' in value &&
  'schema' in value &&
  value.schema instanceof z.ZodObject;

function variables(schema: z.ZodObject): string {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
  const needed = new Set(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).required ?? required);
  const rows = Object.entries(properties).map(([name, property]) => {
    const { description = '', default: preset, enum: choices } = typeof property === 'object' ? property : {};
    const values = choices === undefined ? '' : ` (${choices.join(', ')})`;
    const fallback = preset === undefined ? (needed.has(name) ? 'required' : 'none') : `\`${String(preset)}\``;
    return [`\`${name}\``, `${description}${values}`, fallback];
  });
  return table(['Variable', 'Meaning', 'Default'], rows);
}

import { z } from 'zod';
import { allEvents } from './all-events.js';
import type { EventDefinition } from './event-definition.js';

const JsonSchema = z.object({
  type: z.string().optional(),
  description: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  get properties() {
    return z.record(z.string(), JsonSchema).optional();
  },
  get items() {
    return JsonSchema.optional();
  },
  get anyOf() {
    return z.array(JsonSchema).optional();
  },
  get oneOf() {
    return z.array(JsonSchema).optional();
  },
});
type JsonSchema = z.infer<typeof JsonSchema>;

/** docs/reference/events.md: every event with its topic, key, moment and fields, from the schemas themselves. */
export function eventsReference(): string {
  return [
    '# Events',
    '',
    'CloudEvents 1.0 in structured JSON; the fields are those of `data`. Events with one key are delivered in order.',
    '',
    '| type | topic | key | emitted |',
    '|---|---|---|---|',
    ...allEvents.map(
      (event) => `| \`${event.type}\` | \`${topicOf(event)}\` | \`${keyOf(event)}\` | ${event.emitted} |`,
    ),
    ...allEvents.flatMap((event) => [
      '',
      `## ${event.type}`,
      '',
      '| field | type | meaning |',
      '|---|---|---|',
      ...fieldsOf('', JsonSchema.parse(z.toJSONSchema(event.data))),
    ]),
    '',
  ].join('\n');
}

const topicOf = ({ topicFamily }: EventDefinition) => (topicFamily === 'hospital' ? 'hospital.<code>' : topicFamily);

/** Which field is the key: what `keyOf` reads when it is given something that notes what is read of it. */
function keyOf(event: EventDefinition): string {
  let read = '';
  const noting = (path: string): object =>
    new Proxy(
      {},
      {
        get(_, property) {
          read = `${path}${String(property)}`;
          return noting(`${read}.`);
        },
      },
    );
  event.keyOf(noting(''));
  return read;
}

function fieldsOf(prefix: string, schema: JsonSchema): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const nested = [field, field.items, ...(field.anyOf ?? []), ...(field.oneOf ?? [])].find(
      (one) => one?.properties !== undefined,
    );
    const path = `${prefix}${name}${field.type === 'array' ? '[]' : ''}`;
    return [
      `| \`${path}\` | ${typeOf(field)} | ${field.description ?? ''} |`,
      ...(nested === undefined ? [] : fieldsOf(`${path}.`, nested)),
    ];
  });
}

function typeOf(schema: JsonSchema): string {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(typeOf))].join(' or ');
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.items !== undefined) return `array of ${typeOf(schema.items)}`;
  return schema.type ?? 'any';
}

import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const Options = z.object({
  minutes: z.coerce
    .number()
    .min(0.25)
    .max(24 * 60),
  seed: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  events: z.enum(['postgres', 'kafka']),
  json: z.boolean(),
});
export type Options = z.infer<typeof Options>;

export const USAGE = 'npm run chaos -- [--minutes N] [--seed S] [--events postgres|kafka] [--json]';

/** What the command line asks for; undefined when that cannot be. Without a seed one is drawn. */
export function readOptions(args: readonly string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '1' },
        seed: { type: 'string', default: String(randomInt(2 ** 31)) },
        events: { type: 'string', default: 'postgres' },
        json: { type: 'boolean', default: false },
      },
    });
    return Options.safeParse(values).data;
  } catch {
    return undefined;
  }
}

import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Line } from './read-lines.js';
import type { Refusal } from './read-record.js';

const OWNER_ONLY = 0o600;
const Entry = z.object({ line: z.number() });

export interface RefusedLine {
  readonly line: Line;
  readonly refusal: Refusal;
}

/** Lines that were not taken in, beside their file: number, reason and the line itself, to be put right and loaded by themselves. */
export class RefusedLines {
  private constructor(private readonly path: string) {}

  /** Lines after the position were refused by a load that broke off before it was kept: they come again. */
  static async open(path: string, linesDone: number): Promise<RefusedLines> {
    if (existsSync(path)) await keepUpTo(path, linesDone);
    return new RefusedLines(path);
  }

  /** On the disk when it resolves. */
  async add(refused: readonly RefusedLine[]): Promise<void> {
    if (refused.length === 0) return;
    const entries = refused.map(({ line, refusal }) =>
      JSON.stringify({ line: line.number, ...refusal, text: line.bytes?.toString('utf8') ?? null }),
    );
    const file = await open(this.path, 'a', OWNER_ONLY);
    try {
      await file.appendFile(`${entries.join('\n')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

async function keepUpTo(path: string, linesDone: number): Promise<void> {
  const kept = createWriteStream(`${path}.part`, { mode: OWNER_ONLY });
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if ((lineOf(text) ?? Infinity) <= linesDone && !kept.write(`${text}\n`)) await once(kept, 'drain');
  }
  kept.end();
  await once(kept, 'close');
  await rename(`${path}.part`, path);
}

/** Undefined when the entry was not written to its end. */
function lineOf(text: string): number | undefined {
  try {
    return Entry.safeParse(JSON.parse(text)).data?.line;
  } catch {
    return undefined;
  }
}

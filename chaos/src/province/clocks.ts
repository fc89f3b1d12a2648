import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SHIFTED = new URL('./shifted-clock.js', import.meta.url);

/** The clocks of the province's own processes: each follows a file of its name. */
export class Clocks {
  private constructor(private readonly folder: string) {}

  static async in(folder: string): Promise<Clocks> {
    await mkdir(folder, { recursive: true });
    return new Clocks(folder);
  }

  /** Makes Node processes that are started with it follow their files. */
  get environment(): Record<string, string> {
    return { NODE_OPTIONS: `--import=${SHIFTED.href}`, CHAOS_CLOCKS: this.folder };
  }

  /** From now on a process's clock, also after a restart, is so much ahead of the machine's. */
  async shift(process: string, byMs: number): Promise<void> {
    const path = join(this.folder, process);
    await writeFile(`${path}.new`, String(byMs));
    await rename(`${path}.new`, path);
  }
}

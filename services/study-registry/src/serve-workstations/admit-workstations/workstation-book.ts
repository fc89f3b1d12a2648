import { readFile } from 'node:fs/promises';
import { Logger } from '@nestjs/common';
import { messageOf } from '@yinglian/platform';
import { type Workstation, Workstations } from './workstation.js';

const LOOK_EVERY_MS = 2_000;

/**
 * The workstations that may come, from a file of the province's operators. The registry does not start with one that is wrong;
 * while it runs, changes are followed, and a wrong one is said and not taken over.
 */
export class WorkstationBook {
  private readonly logger = new Logger(WorkstationBook.name);
  private byTitle: ReadonlyMap<string, Workstation> = new Map();
  private text = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly path: string | undefined) {}

  find(aeTitle: string): Workstation | undefined {
    return this.byTitle.get(aeTitle);
  }

  /** Rejects when the file is not there or wrong. */
  async open(): Promise<void> {
    const { path } = this;
    if (path === undefined) return;
    await this.read(path);
    this.timer = setTimeout(async () => {
      await this.read(path).catch((error: unknown) => this.logger.error(`${path} is wrong: ${messageOf(error)}`));
      this.timer?.refresh();
    }, LOOK_EVERY_MS).unref();
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async read(path: string): Promise<void> {
    const text = await readFile(path, 'utf8');
    if (text === this.text) return;
    this.text = text;
    const { workstations } = Workstations.parse(JSON.parse(text));
    this.byTitle = new Map(workstations.map((each) => [each.aeTitle, each]));
  }
}

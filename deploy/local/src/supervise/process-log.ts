import { closeSync, copyFileSync, existsSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

const LARGEST_BYTES = 16 * 1024 * 1024;
const TAIL_CHARACTERS = 2_000;

/**
 * The log file of one process. The process writes to it directly, so that its lines neither pass through the launcher
 * nor get lost with it.
 */
export class ProcessLog {
  readonly path: string;

  constructor(folder: string, name: string) {
    this.path = join(folder, `${name}.log`);
  }

  /** Gives `use` a descriptor to hand to a child. Opened to append: writing goes on at the new end after a rotation. */
  withDescriptor<T>(use: (descriptor: number) => T): T {
    const descriptor = openSync(this.path, 'a', 0o600);
    try {
      return use(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Moves the content aside to `<name>.log.1` once it is large. Lines written meanwhile can be lost. */
  rotate(): void {
    if (!existsSync(this.path) || statSync(this.path).size < LARGEST_BYTES) return;
    copyFileSync(this.path, `${this.path}.1`);
    truncateSync(this.path);
  }

  /** What the process wrote last, for a message to the person who started it. */
  lastLine(): string {
    if (!existsSync(this.path)) return '';
    const tail = readFileSync(this.path, 'utf8').slice(-TAIL_CHARACTERS);
    const lines = tail.split('\n').filter((line) => /\w/.test(line));
    const telling = lines.findLast((line) => /error|fatal|cannot/i.test(line) && !/^\s+at /.test(line));
    return (telling ?? lines.at(-1) ?? '').slice(0, 300);
  }
}

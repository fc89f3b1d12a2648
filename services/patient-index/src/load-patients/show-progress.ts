import type { LoadPosition } from '../storage/patient-load.store.js';
import type { MasterFile } from './load-file.js';

const EVERY_MS = 5_000;

interface Read {
  readonly bytes: number;
  readonly lines: number;
  readonly refused: number;
}

/** Says every few seconds how far it is, and how fast. */
export class ShowProgress {
  private readonly done = new Map<string, Read>();
  /** What was done before this run is no pace of it. */
  private readonly before = new Map<string, Read>();
  private shownAt = 0;

  /** @param totalBytes of all files */
  constructor(
    private readonly totalBytes: number,
    private readonly write: (line: string) => void,
    private readonly startedAt = performance.now(),
  ) {}

  loaded({ path }: MasterFile, { nextByte, lines, refused }: LoadPosition): void {
    const read = { bytes: nextByte, lines, refused };
    if (!this.before.has(path)) this.before.set(path, read);
    this.done.set(path, read);
    this.now(() => this.summary());
  }

  askedAbout(patientNo: string): void {
    this.now(() => `asked who may be known already, up to patient ${patientNo}`);
  }

  /** Says what was done and how long it took, unless there was nothing to do. */
  async step(what: string, work: () => Promise<string | undefined>): Promise<string | undefined> {
    const startedAt = performance.now();
    const name = await work();
    if (name !== undefined) this.write(`${what}: ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
    return name;
  }

  loadedAll(): void {
    this.write(this.summary());
  }

  private summary(): string {
    const done = sumOf(this.done.values());
    const here = sumOf(this.before.values());
    const seconds = Math.max(0.001, (performance.now() - this.startedAt) / 1000);
    const bytesPerSecond = (done.bytes - here.bytes) / seconds;
    const left = bytesPerSecond === 0 ? '' : `, ${timeOf((this.totalBytes - done.bytes) / bytesPerSecond)} left`;
    const percent = this.totalBytes === 0 ? 100 : Math.floor((100 * done.bytes) / this.totalBytes);
    return `${percent} %: ${done.lines} lines, ${done.refused} refused, ${Math.round((done.lines - here.lines) / seconds)} a second${left}`;
  }

  private now(line: () => string): void {
    const now = performance.now();
    if (now - this.shownAt < EVERY_MS) return;
    this.shownAt = now;
    this.write(line());
  }
}

function sumOf(all: Iterable<Read>): Read {
  let [bytes, lines, refused] = [0, 0, 0];
  for (const one of all) {
    bytes += one.bytes;
    lines += one.lines;
    refused += one.refused;
  }
  return { bytes, lines, refused };
}

const timeOf = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

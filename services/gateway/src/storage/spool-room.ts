/** Room is there again when so much of the allowed space is free, so that reception does not begin and end with every pack. */
const REOPENS_AT_PERCENT = 95;
/** Below the warning mark by so much a warning ends. */
const CALMS_BELOW_PERCENT = 5;
/** The rate is that of about so long. */
const RATE_MEMORY_MS = 600_000;

/** What the spool takes and may take. */
export interface SpoolUse {
  readonly bytes: number;
  /** What may still come: of the disk and of the spool's own limit the smaller one; below zero when it is over. */
  readonly roomBytes: number;
  readonly instances: number;
  readonly maximumInstances: number;
}

/** Decides from how full the spool is whether it takes more and whether somebody is to be warned. Pure bookkeeping. */
export class SpoolRoom {
  isFilling = false;
  hasRoom = true;
  usedPercent = 0;
  private bytesPerMs = 0;
  private last: { readonly bytes: number; readonly at: number } | undefined;
  private roomBytes = 0;

  constructor(private readonly warnAtPercent: number) {}

  /** `nowMs` is of a clock that does not jump. */
  look(use: SpoolUse, nowMs: number): void {
    const { bytes, roomBytes, instances, maximumInstances } = use;
    const usedBytes = roomBytes <= 0 ? 1 : bytes / (bytes + roomBytes);
    const used = Math.max(usedBytes, instances / maximumInstances) * 100;
    this.usedPercent = Math.min(100, Math.floor(used));
    this.roomBytes = roomBytes;
    const isFull = roomBytes <= 0 || instances >= maximumInstances;
    this.hasRoom = !isFull && (this.hasRoom || bytes === 0 || used < REOPENS_AT_PERCENT);
    this.isFilling = used >= this.warnAtPercent || (this.isFilling && used >= this.warnAtPercent - CALMS_BELOW_PERCENT);
    this.learnRate(bytes, nowMs);
  }

  /** At the present rate, undefined when it does not grow. */
  get hoursLeft(): number | undefined {
    if (this.bytesPerMs <= 0) return undefined;
    return Math.round((Math.max(0, this.roomBytes) / this.bytesPerMs / 3_600_000) * 10) / 10;
  }

  private learnRate(bytes: number, nowMs: number): void {
    const { last } = this;
    this.last = { bytes, at: nowMs };
    if (last === undefined || nowMs <= last.at) return;
    const elapsedMs = nowMs - last.at;
    const weight = 1 - Math.exp(-elapsedMs / RATE_MEMORY_MS);
    this.bytesPerMs += weight * ((bytes - last.bytes) / elapsedMs - this.bytesPerMs);
  }
}

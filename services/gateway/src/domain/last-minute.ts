const SLOTS = 12;
const SLOT_MS = 5_000;

/** Bytes of the last minute, to five seconds. Times are milliseconds since 1970. */
export class LastMinute {
  private readonly slots = Array.from({ length: SLOTS }, () => ({ slot: 0, bytes: 0 }));

  add(bytes: number, nowMs: number): void {
    const slot = Math.floor(nowMs / SLOT_MS);
    const place = this.slots[slot % SLOTS];
    if (place === undefined) return;
    place.bytes = (place.slot === slot ? place.bytes : 0) + bytes;
    place.slot = slot;
  }

  bytesPerSecond(nowMs: number): number {
    const slot = Math.floor(nowMs / SLOT_MS);
    const recent = this.slots.filter((each) => slot - each.slot < SLOTS);
    return Math.round(recent.reduce((sum, { bytes }) => sum + bytes, 0) / ((SLOTS * SLOT_MS) / 1000));
  }
}

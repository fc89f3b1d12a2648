/** Messages that were sent, and which of them were acknowledged, by the visit that they tell of. */
export class OfferedMessages {
  private readonly offered = new Map<string, boolean>();

  offer(encounterId: string): void {
    this.offered.set(encounterId, false);
  }

  acknowledge(encounterId: string): void {
    this.offered.set(encounterId, true);
  }

  isAcknowledged(encounterId: string): boolean {
    return this.offered.get(encounterId) === true;
  }

  get all(): ReadonlyMap<string, boolean> {
    return this.offered;
  }

  get acknowledgedCount(): number {
    return [...this.offered.values()].filter(Boolean).length;
  }
}

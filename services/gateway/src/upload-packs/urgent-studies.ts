/** More are not remembered; the first ones have left long ago. */
const MOST = 10_000;

/** Studies whose images go first and past closed windows: an order says so, or they come from a device that the hospital calls urgent. */
export class UrgentStudies {
  private readonly studies = new Set<string>();
  private readonly listeners: ((studyInstanceUid: string) => void)[] = [];

  has(studyInstanceUid: string): boolean {
    return this.studies.has(studyInstanceUid);
  }

  mark(studyInstanceUid: string): void {
    if (this.studies.has(studyInstanceUid)) return;
    this.studies.add(studyInstanceUid);
    const [oldest] = this.studies;
    if (this.studies.size > MOST && oldest !== undefined) this.studies.delete(oldest);
    for (const listener of this.listeners) listener(studyInstanceUid);
  }

  onMarked(listener: (studyInstanceUid: string) => void): void {
    this.listeners.push(listener);
  }
}

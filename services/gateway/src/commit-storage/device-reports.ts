import { setTimeout as sleep } from 'node:timers/promises';
import type { DevicePeer } from '../admit-devices/dimse-service.js';
import { type CommitmentReport, type NumberedReport, STORAGE_COMMITMENT } from './commitment.js';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10 * 60_000;
/** A device that is switched off for a moment is no news. */
const FAILURES_BEFORE_ALARM = 3;

/** What one device is to be told: on an association that it has open, else on a new one, and again until it answers. */
export class DeviceReports {
  private readonly ready = new Map<number, CommitmentReport>();
  private readonly peers = new Set<DevicePeer>();
  private readonly stopping = new AbortController();
  /** Ends the pause before the next attempt. */
  private wake = new AbortController();
  private working: Promise<void> | undefined;
  private failures = 0;

  constructor(
    private readonly deliver: (
      reports: readonly NumberedReport[],
      peer: DevicePeer | undefined,
    ) => Promise<readonly number[]>,
    private readonly delivered: (request: number) => void,
    private readonly changed: () => void,
  ) {}

  get isUnreached(): boolean {
    return this.failures >= FAILURES_BEFORE_ALARM;
  }

  add([request, report]: NumberedReport): void {
    this.ready.set(request, report);
    this.start();
  }

  forget(request: number): void {
    this.ready.delete(request);
  }

  /** It is there: what waits need not wait longer. */
  opened(peer: DevicePeer): void {
    this.peers.add(peer);
    if (this.openPeers().has(peer)) this.wake.abort();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  private openPeers(): ReadonlySet<DevicePeer> {
    for (const peer of this.peers) if (!peer.outgoing.canSend(STORAGE_COMMITMENT)) this.peers.delete(peer);
    return this.peers;
  }

  private start(): void {
    if (this.stopping.signal.aborted) return;
    this.working ??= this.work().finally(() => {
      this.working = undefined;
    });
  }

  private async work(): Promise<void> {
    while (this.ready.size > 0 && !this.stopping.signal.aborted) {
      await this.attempt();
      this.changed();
      if (this.failures > 0) await this.pause();
    }
  }

  /** On every association that the device has open, and on one of our own for what is left. */
  private async attempt(): Promise<void> {
    for (const peer of [...this.openPeers(), undefined]) {
      if (this.ready.size === 0 || this.stopping.signal.aborted) break;
      for (const request of await this.deliver([...this.ready], peer)) {
        this.ready.delete(request);
        this.delivered(request);
      }
    }
    this.failures = this.ready.size === 0 ? 0 : this.failures + 1;
  }

  private async pause(): Promise<void> {
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(this.failures - 1, 16), LONGEST_PAUSE_MS);
    this.wake = new AbortController();
    const signal = AbortSignal.any([this.wake.signal, this.stopping.signal]);
    await sleep(pauseMs * (0.5 + Math.random() / 2), undefined, { signal, ref: false }).catch(() => undefined);
  }
}

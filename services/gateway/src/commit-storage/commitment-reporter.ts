import type { DevicePeer } from '../admit-devices/dimse-service.js';
import type { Alarms } from '../alarms/alarms.js';
import type { InstanceFates } from '../storage/instance-fates.store.js';
import { decide, type Knowledge, type NumberedReport } from './commitment.js';
import type { CommitmentStore } from './commitment.store.js';
import { DeviceReports } from './device-reports.js';

export interface ReporterOptions {
  /** How long an instance may be on its way before it is reported as failed. */
  readonly waitMs: number;
  /** Opens an association to the device, sends what is to be reported, and resolves with those that it answered. */
  readonly deliver: Deliver;
}

/** Resolves with the numbers of the requests whose reports the device took. Must not reject. */
export type Deliver = (
  aeTitle: string,
  reports: readonly NumberedReport[],
  peer: DevicePeer | undefined,
) => Promise<readonly number[]>;

/**
 * A device that releases as soon as it has its response is not to find a report in between: some do not expect one then. It
 * gets the report on an association of our own.
 */
const REPORTED_AFTER_MS = 500;
const LOOK_EVERY_MS = 60_000;
/** A device that takes no report for so long will not. */
const GIVEN_UP_AFTER_MS = 7 * 24 * 3_600_000;

/** Reports to devices, once every instance that they asked about is decided on, or has been on its way for too long. */
export class CommitmentReporter {
  private readonly devices = new Map<string, DeviceReports>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: CommitmentStore,
    private readonly fates: InstanceFates,
    private readonly alarms: Alarms,
    private readonly options: ReporterOptions,
  ) {
    fates.onDecided((uids) => this.lookAt(store.naming(uids)));
  }

  /** Goes on with what a process before this one accepted; the spool was looked through before. */
  start(): void {
    this.timer = setInterval(() => this.lookAtOld(), LOOK_EVERY_MS).unref();
    this.lookAt(this.store.all());
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all([...this.devices.values()].map((device) => device.stop()));
  }

  /** A request was accepted. */
  asked(request: number): void {
    setTimeout(() => this.look(request), REPORTED_AFTER_MS).unref();
  }

  opened(peer: DevicePeer): void {
    setTimeout(() => this.device(peer.aeTitle).opened(peer), REPORTED_AFTER_MS).unref();
  }

  /** A request may be ready to be reported on. */
  private look(request: number): void {
    const kept = this.store.find(request);
    if (kept === undefined) return;
    const isOverdue = Date.now() - kept.receivedAt > this.options.waitMs;
    const report = decide(kept, (uid) => this.knowledgeOf(uid), isOverdue);
    if (report !== undefined) this.device(kept.aeTitle).add([request, report]);
  }

  private lookAtOld(): void {
    const overdueSince = Date.now() - this.options.waitMs;
    for (const request of this.store.receivedBefore(overdueSince - GIVEN_UP_AFTER_MS)) {
      this.store.remove(request);
      for (const device of this.devices.values()) device.forget(request);
    }
    this.lookAt(this.store.receivedBefore(overdueSince));
  }

  private lookAt(requests: readonly number[]): void {
    for (const request of requests) this.look(request);
  }

  private knowledgeOf(sopInstanceUid: string): Knowledge {
    return this.fates.isOnItsWay(sopInstanceUid) ? 'waiting' : this.fates.of(sopInstanceUid);
  }

  private device(aeTitle: string): DeviceReports {
    const known = this.devices.get(aeTitle);
    if (known !== undefined) return known;
    const device = new DeviceReports(
      (reports, peer) => this.options.deliver(aeTitle, reports, peer),
      (request) => this.store.remove(request),
      () => this.sayWhatWaits(),
    );
    this.devices.set(aeTitle, device);
    return device;
  }

  private sayWhatWaits(): void {
    const unreached = [...this.devices].filter(([, { isUnreached }]) => isUnreached).map(([aeTitle]) => aeTitle);
    this.alarms.set('COMMITMENT_REPORTS_WAIT', unreached.length > 0, { devices: unreached.join(' ') });
  }
}

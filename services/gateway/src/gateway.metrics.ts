import { Injectable } from '@nestjs/common';
import { meter } from '@yinglian/platform';
import type { StoredInstance } from './storage/segment.js';

/** What is observed rather than counted. */
export interface Gauges {
  readonly associations: () => number;
  readonly spoolBytes: () => number;
  readonly pendingPacks: () => number;
  readonly keptPacks: () => number;
  readonly alarms: () => number;
}

type Meter = ReturnType<typeof meter>;
type Counter = ReturnType<Meter['createCounter']>;

/** A counter of the meter that is there when it counts first: this is made before telemetry is. */
function counter(name: string, options?: Parameters<Meter['createCounter']>[1]): Pick<Counter, 'add'> {
  let made: Counter | undefined;
  return {
    add: (value, attributes) => {
      made ??= meter().createCounter(name, options);
      made.add(value, attributes);
    },
  };
}

/** Numbers of one gateway. Nothing here names a patient, a study or an instance. */
@Injectable()
export class GatewayMetrics {
  private readonly instances = counter('gateway.instances.received');
  private readonly bytes = counter('gateway.bytes.received', { unit: 'By' });
  private readonly refusedAssociations = counter('gateway.associations.refused');
  private readonly returned = counter('gateway.instances.returned');
  private readonly refusedInstances = counter('gateway.instances.refused');
  private readonly uploads = counter('gateway.packs.uploaded');
  private readonly failures = counter('gateway.uploads.failed');
  private readonly messages = counter('gateway.messages.received');
  private readonly duplicates = counter('gateway.messages.duplicated');
  private readonly messageTroubles = counter('gateway.messages.troubles');
  private readonly refusedPacks = counter('gateway.packs.refused');

  observe({ associations, spoolBytes, pendingPacks, keptPacks, alarms }: Gauges): void {
    const gauge = (name: string, read: () => number, unit = '') =>
      meter()
        .createObservableGauge(name, { unit })
        .addCallback((result) => result.observe(read()));
    gauge('gateway.associations.open', associations);
    gauge('gateway.spool.bytes', spoolBytes, 'By');
    gauge('gateway.packs.pending', pendingPacks);
    gauge('gateway.packs.kept', keptPacks);
    gauge('gateway.alarms.raised', alarms);
  }

  instanceReceived({ via, length }: StoredInstance): void {
    this.instances.add(1, { via });
    this.bytes.add(length, { via });
  }

  /** A prior that this gateway pushed came back. */
  instanceReturned(): void {
    this.returned.add(1);
  }

  instanceRefused(refusal: string): void {
    this.refusedInstances.add(1, { refusal });
  }

  associationRefused(rejection: string): void {
    this.refusedAssociations.add(1, { rejection });
  }

  messageReceived(outcome: string): void {
    this.messages.add(1, { outcome });
  }

  messageDuplicated(): void {
    this.duplicates.add(1);
  }

  messageTrouble(trouble: string): void {
    this.messageTroubles.add(1, { trouble });
  }

  packUploaded(): void {
    this.uploads.add(1);
  }

  uploadFailed(reason: string): void {
    this.failures.add(1, { reason });
  }

  packRefused(code: string): void {
    this.refusedPacks.add(1, { code });
  }
}

import type { FactoryProvider } from '@nestjs/common';
import { associationOptions } from '../admit-devices/association-options.js';
import { DeviceBook } from '../admit-devices/device-book.js';
import { TLS_IDENTITY, type TlsIdentity } from '../follow-certificates/tls-identity.js';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import type { GatewayConfig } from '../gateway.config.js';
import { GATEWAY_FOUNDATION } from '../gateway.tokens.js';
import type { GatewayFoundation } from '../gateway-foundation.js';
import { CommitStorageScp } from './commit-storage.scp.js';
import { CommitmentStore } from './commitment.store.js';
import { CommitmentReporter } from './commitment-reporter.js';
import { ReportCommitmentScu } from './report-commitment.scu.js';

/** Storage commitment with all its parts. */
export const commitStorageProvider = (config: GatewayConfig): FactoryProvider<CommitStorageScp> => ({
  provide: CommitStorageScp,
  inject: [GATEWAY_FOUNDATION, ForwardInstances, DeviceBook, TLS_IDENTITY],
  useFactory: (
    { ledger, alarms, configuration }: GatewayFoundation,
    { fates, studies }: ForwardInstances,
    devices: DeviceBook,
    identity: TlsIdentity | undefined,
  ) => {
    const scu = new ReportCommitmentScu({
      deviceOf: (aeTitle) => devices.find(aeTitle),
      ownAeTitle: () => configuration.current?.aeTitle,
      identity: () => identity?.current,
      association: associationOptions(config),
    });
    const store = new CommitmentStore(ledger);
    const reporter = new CommitmentReporter(store, fates, alarms, {
      waitMs: config.COMMITMENT_WAIT_MS,
      deliver: (aeTitle, reports, peer) => scu.deliver(aeTitle, reports, peer),
    });
    return new CommitStorageScp(store, reporter, (uids) => studies.askedFor(uids));
  },
});

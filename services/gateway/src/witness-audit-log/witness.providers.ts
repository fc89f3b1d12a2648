import { join } from 'node:path';
import type { Provider } from '@nestjs/common';
import type { GatewayConfig } from '../gateway.config.js';
import type { GatewayFoundation } from '../gateway-foundation.js';
import { CosignLogHandler } from './cosign-log.handler.js';
import { KeepTilesHandler } from './keep-tiles.handler.js';
import { SealedLogClient } from './sealed-log.client.js';
import { WitnessLogHandler } from './witness-log.handler.js';
import { WitnessLogWorker } from './witness-log.worker.js';
import { WitnessedLogStore } from './witnessed-log.store.js';

/** What keeps checkpoints of the province's audit log at the hospital. */
export function witnessProviders(config: GatewayConfig, { province, alarms }: GatewayFoundation): Provider[] {
  const store = new WitnessedLogStore(join(config.SPOOL_FOLDER, 'audit-log'));
  const log = new SealedLogClient(province);
  const cosign = new CosignLogHandler(log, store, config.HOSPITAL);
  const keepTiles = new KeepTilesHandler(log, store, config.HOSPITAL, config.AUDIT_WITNESS_ONE_IN);
  const witness = new WitnessLogHandler(log, store, cosign, keepTiles);
  return [
    { provide: WitnessLogWorker, useFactory: () => new WitnessLogWorker(witness, alarms, config.AUDIT_WITNESS_MS) },
  ];
}

import { setFlagsFromString } from 'node:v8';
import { startService } from '@yinglian/platform';
import { gatewayConfig } from './gateway.config.js';
import { GatewayModule } from './gateway.module.js';
import { serveGatewayPage } from './serve-page/serve-gateway-page.js';

// Each read of a socket is 64 KiB outside V8's heap. V8 by default collects all garbage for every 64 MiB of those, which
// took half of the processor while receiving; with this it weighs them together with the heap.
setFlagsFromString('--external-memory-accounted-in-global-limit');

const config = gatewayConfig.load();
await startService({
  name: 'gateway',
  config,
  module: await GatewayModule.with(config),
  streamedMediaTypes: [/^multipart\//],
  prepare: serveGatewayPage,
});

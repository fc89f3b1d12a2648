import { startService } from '@yinglian/platform';
import { gatewayConfig } from './gateway.config.js';
import { GatewayModule } from './gateway.module.js';

const config = gatewayConfig.load();
await startService({
  name: 'gateway',
  config,
  module: GatewayModule.with(config),
  streamedMediaTypes: [/^multipart\//],
});

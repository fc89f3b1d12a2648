import { startService } from '@yinglian/platform';
import { gatewayConfig } from './gateway.config.js';
import { GatewayModule } from './gateway.module.js';
import { serveGatewayPage } from './serve-page/serve-gateway-page.js';

const config = gatewayConfig.load();
await startService({
  name: 'gateway',
  config,
  module: await GatewayModule.with(config),
  streamedMediaTypes: [/^multipart\//, /^application\/dicom\s*(;|$)/],
  prepare: serveGatewayPage(config),
});

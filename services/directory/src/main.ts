import { connectEvents } from '@yinglian/messaging';
import { startService } from '@yinglian/platform';
import { directoryConfig } from './directory.config.js';
import { DirectoryModule } from './directory.module.js';
import { mountProvider } from './issue-tokens/mount-provider.js';

const config = directoryConfig.load();
await startService({
  name: 'directory',
  config,
  module: DirectoryModule.with(config),
  prepare: (app) => {
    connectEvents(app);
    mountProvider(app);
  },
});

import 'reflect-metadata';
import { startService } from '@yinglian/platform';
import { portalConfig } from './portal.config.js';
import { mountEdge, PortalModule } from './portal.module.js';

const config = portalConfig.load();
await startService({ name: 'portal', config, module: PortalModule.with(config), prepare: mountEdge(config) });

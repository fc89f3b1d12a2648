import { startService } from '@yinglian/platform';
import { directoryConfig } from './directory.config.js';
import { directoryService } from './directory.module.js';

await startService(directoryService(directoryConfig.load()));

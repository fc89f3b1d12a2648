import { connectEvents } from '@yinglian/messaging';
import { startService } from '@yinglian/platform';
import { consentAuditConfig } from './consent-audit.config.js';
import { ConsentAuditModule } from './consent-audit.module.js';

const config = consentAuditConfig.load();
await startService({ name: 'consent-audit', config, module: ConsentAuditModule.with(config), prepare: connectEvents });

import type { Provider } from '@nestjs/common';
import { Alarms } from '../alarms/alarms.js';
import { PAGE_TLS_IDENTITY, TlsIdentity } from '../follow-certificates/tls-identity.js';
import type { GatewayConfig } from '../gateway.config.js';
import { PageTlsDoor } from './page-tls-door.js';

const FOR_THE_PAGE = {
  name: 'the page',
  filesInvalid: 'PAGE_TLS_FILES_INVALID',
  certificateEnds: 'PAGE_CERTIFICATE_ENDS',
} as const;

/** The page over TLS, where it has a certificate. */
export const pageTlsProviders = (config: GatewayConfig): Provider[] => [
  { provide: PAGE_TLS_IDENTITY, inject: [Alarms], useFactory: (alarms: Alarms) => pageIdentity(config, alarms) },
  PageTlsDoor,
];

/** Undefined when the page has no certificate. Rejects when its files are wrong, or when something of it is missing. */
async function pageIdentity(config: GatewayConfig, alarms: Alarms): Promise<TlsIdentity | undefined> {
  const { PAGE_TLS_PORT: port, PAGE_TLS_KEY_FILE: key, PAGE_TLS_CERTIFICATE_FILE: certificate } = config;
  if (port === undefined && key === undefined && certificate === undefined) return undefined;
  if (port === undefined || key === undefined || certificate === undefined) {
    throw new Error('The page over TLS needs PAGE_TLS_PORT, PAGE_TLS_KEY_FILE and PAGE_TLS_CERTIFICATE_FILE');
  }
  return TlsIdentity.open({ key, certificate }, FOR_THE_PAGE, alarms);
}

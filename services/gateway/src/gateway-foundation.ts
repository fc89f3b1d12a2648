import { join } from 'node:path';
import { EventPublisher } from '@yinglian/messaging';
import { Alarms } from './alarms/alarms.js';
import { HospitalConfiguration } from './follow-configuration/hospital-configuration.js';
import { HospitalFile } from './follow-hospital-file/hospital-file.js';
import type { GatewayConfig } from './gateway.config.js';
import { Ledger } from './ledger/ledger.js';
import { AccessToken } from './province/access-token.js';
import { byKeyFile, bySecret } from './province/client-proof.js';
import { ProvinceClient } from './province/province.client.js';
import type { LinkSettings } from './shape-uploads/upload-settings.js';
import { OutgoingEvents } from './tell-events/outgoing-events.store.js';
import { UploadLinks } from './upload-packs/upload-links.js';
import { ProvinceWatch } from './watch-health/province-watch.js';

/** What every use case of a gateway stands on. */
export interface GatewayFoundation {
  readonly alarms: Alarms;
  readonly ledger: Ledger;
  /** What the hospital's IT staff decide. */
  readonly hospitalFile: HospitalFile;
  /** What the province decides. */
  readonly configuration: HospitalConfiguration;
  readonly province: ProvinceClient;
  /** The lines over which images go to the province. */
  readonly links: UploadLinks;
  readonly publisher: EventPublisher;
  readonly events: OutgoingEvents;
}

/** Rejects when the ledger cannot be opened or the hospital's file is wrong. */
export async function openFoundation(config: GatewayConfig): Promise<GatewayFoundation> {
  const alarms = new Alarms();
  const hospitalFile = await HospitalFile.open(config.HOSPITAL_FILE, alarms);
  const ledger = await Ledger.open(config.SPOOL_FOLDER, () => alarms.raise('LEDGER_BROKEN'));
  const route = { timeoutMs: config.PROVINCE_TIMEOUT_MS, observer: new ProvinceWatch(alarms) };
  const token = accessToken(config);
  const province = new ProvinceClient(config.PROVINCE_URL, token, route);
  const links = new UploadLinks(
    ({ url, localAddress }: LinkSettings) =>
      new ProvinceClient(url ?? config.PROVINCE_URL, token, { ...route, localAddress }),
  );
  await links.apply(hospitalFile.current.upload);
  hospitalFile.onChange(({ upload }) => void links.apply(upload));
  const publisher = EventPublisher.fromConfig({ source: `urn:yinglian:gateway:${config.HOSPITAL}`, config });
  return {
    alarms,
    ledger,
    hospitalFile,
    configuration: hospitalConfiguration(config, province),
    province,
    links,
    publisher,
    events: new OutgoingEvents(ledger, publisher.encode),
  };
}

const accessToken = (config: GatewayConfig) =>
  new AccessToken({
    tokenUrl: config.OIDC_TOKEN_URL,
    prove: proofOf(config),
    scope: 'packs:write gateway:read priors:read',
  });

function proofOf({ OIDC_CLIENT_ID, OIDC_CLIENT_KEY_FILE, OIDC_CLIENT_SECRET, OIDC_ISSUER }: GatewayConfig) {
  if (OIDC_CLIENT_KEY_FILE !== undefined) return byKeyFile(OIDC_CLIENT_ID, OIDC_CLIENT_KEY_FILE, OIDC_ISSUER);
  if (OIDC_CLIENT_SECRET !== undefined) return bySecret(OIDC_CLIENT_ID, OIDC_CLIENT_SECRET);
  throw new Error('The gateway cannot start: it needs OIDC_CLIENT_KEY_FILE or OIDC_CLIENT_SECRET');
}

const hospitalConfiguration = (config: GatewayConfig, province: ProvinceClient) =>
  new HospitalConfiguration(
    province,
    config.HOSPITAL,
    join(config.SPOOL_FOLDER, 'configuration.json'),
    config.CONFIGURATION_POLL_MS,
  );

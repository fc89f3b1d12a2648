import type { Provider } from '@nestjs/common';
import { CrossReferencePatientHandler } from '../cross-reference-patients/cross-reference-patient.handler.js';
import type { PatientIndexConfig } from '../patient-index.config.js';
import { FindMatches } from '../query-demographics/find-matches.js';
import { QueryDemographicsHandler } from '../query-demographics/query-demographics.handler.js';
import { ForgetFedMessages } from '../take-feeds/forget-fed-messages.js';
import { TakeFeedHandler } from '../take-feeds/take-feed.handler.js';
import { PIX_CONFIG, PIX_TLS_FILES, PixServer } from './pix.server.js';
import { PixFile } from './pix-file.js';
import { tlsFilesOf } from './pix-identity.js';
import { ReceivePixMessageHandler } from './receive-pix-message.handler.js';

/** Everything that speaks HL7 v2 to hospitals' systems; nothing when no port is configured for it. */
export function pixProviders(config: PatientIndexConfig): Provider[] {
  const { PIX_PORT, PIX_TLS_PORT, PIX_FILE } = config;
  if (PIX_PORT === undefined && PIX_TLS_PORT === undefined) return [];
  if (PIX_FILE === undefined) throw new Error('PIX_PORT and PIX_TLS_PORT need PIX_FILE');
  return [
    { provide: PIX_CONFIG, useValue: config },
    { provide: PIX_TLS_FILES, useValue: PIX_TLS_PORT === undefined ? undefined : tlsFilesOf(config) },
    { provide: PixFile, useFactory: () => PixFile.open(PIX_FILE) },
    TakeFeedHandler,
    ForgetFedMessages,
    CrossReferencePatientHandler,
    FindMatches,
    QueryDemographicsHandler,
    ReceivePixMessageHandler,
    PixServer,
  ];
}

import { type DynamicModule, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PlatformModule } from '@yinglian/platform';
import { passRequests } from './pass-requests/pass-requests.js';
import { Upstream } from './pass-requests/upstream.js';
import type { PortalConfig } from './portal.config.js';
import { servePortal } from './serve-portal/serve-portal.js';
import { ViewerServer } from './serve-viewer/viewer-server.js';

@Module({})
export class PortalModule {
  static with(config: PortalConfig): DynamicModule {
    return {
      module: PortalModule,
      imports: [PlatformModule.forService('portal', config)],
      providers: [{ provide: ViewerServer, useFactory: () => new ViewerServer(config) }],
    };
  }
}

/** What the edge serves besides its own health: every service under the one address, and the web app for the rest. */
export const mountEdge = (config: PortalConfig, webFolder?: string) => async (app: NestFastifyApplication) => {
  const fastify = app.getHttpAdapter().getInstance();
  const at = (address: string) => new Upstream(address, config.PUBLIC_URL);
  const directory = at(config.DIRECTORY_URL);
  const registry = at(config.STUDY_REGISTRY_URL);
  const patientIndex = at(config.PATIENT_INDEX_URL);
  const consentAudit = at(config.CONSENT_AUDIT_URL);
  await fastify.register(
    passRequests({
      '/oidc': directory,
      '/dicom-web': registry,
      '/fhir': patientIndex,
      // One FHIR server to clients; whose resource it is decides (ADR 0031).
      '/fhir/ImagingStudy': registry,
      '/fhir/Endpoint': registry,
      '/fhir/Consent': consentAudit,
      '/fhir/AuditEvent': consentAudit,
      '/api/directory': directory,
      '/api/study-registry': registry,
      '/api/patient-index': patientIndex,
      '/api/consent-audit': consentAudit,
    }),
  );
  await fastify.register(servePortal(config, webFolder));
};

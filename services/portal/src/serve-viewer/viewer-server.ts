import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { fastify } from 'fastify';
import { passRequests } from '../pass-requests/pass-requests.js';
import { Upstream } from '../pass-requests/upstream.js';
import type { PortalConfig } from '../portal.config.js';
import { serveViewer } from './serve-viewer.js';

/** The viewer's own origin: OHIF's build expects to be at the root. DICOMweb passes here as it does at the edge. */
@Injectable()
export class ViewerServer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly server = fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 512 } });

  constructor(private readonly config: PortalConfig) {}

  /** http://host:port, once it listens. */
  get address(): string {
    return this.server.listeningOrigin;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { HOST, VIEWER_PORT, VIEWER_URL, STUDY_REGISTRY_URL } = this.config;
    await this.server.register(passRequests({ '/dicom-web': new Upstream(STUDY_REGISTRY_URL, VIEWER_URL) }));
    await this.server.register(serveViewer(this.config));
    await this.server.listen({ host: HOST, port: VIEWER_PORT });
  }

  async onModuleDestroy(): Promise<void> {
    await this.server.close();
  }
}

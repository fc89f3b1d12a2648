import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createService, type RunningService } from '@yinglian/platform';
import { portalConfig } from '../portal.config.js';
import { mountEdge, PortalModule } from '../portal.module.js';
import { ViewerServer } from '../serve-viewer/viewer-server.js';

/** An edge with a small web app and viewer app of its own, before the services at one address. */
export class TestPortal {
  private constructor(
    private readonly service: RunningService,
    private readonly folder: string,
  ) {}

  /** The study registry and consent-audit may be elsewhere than the others. */
  static async start(services: string, { registry = services, consents = services } = {}): Promise<TestPortal> {
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-portal-'));
    const viewer = join(folder, 'viewer');
    await writeApps(folder, viewer);
    const config = portalConfig.load({
      PORT: '0',
      LOG_LEVEL: 'error',
      OIDC_ISSUER: 'http://portal.example:8080/oidc',
      OIDC_JWKS_URL: `${services}/oidc/jwks`,
      PUBLIC_URL: 'http://portal.example:8080',
      VIEWER_URL: 'http://portal.example:8081',
      VIEWER_PORT: '0',
      VIEWER_APP_FOLDER: viewer,
      DIRECTORY_URL: services,
      PATIENT_INDEX_URL: services,
      STUDY_REGISTRY_URL: registry,
      CONSENT_AUDIT_URL: consents,
    });
    const service = await createService({
      name: 'portal',
      config,
      module: PortalModule.with(config),
      prepare: mountEdge(config, join(folder, 'web')),
    });
    return new TestPortal(service, folder);
  }

  get edge(): string {
    return this.service.address;
  }

  get viewer(): string {
    return this.service.app.get(ViewerServer).address;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await rm(this.folder, { recursive: true });
  }
}

async function writeApps(folder: string, viewer: string): Promise<void> {
  await mkdir(join(folder, 'web', 'assets'), { recursive: true });
  await mkdir(viewer);
  await Promise.all([
    writeFile(join(folder, 'web', 'index.html'), '<meta content="__YINGLIAN_SETTINGS__"><p>the portal</p>'),
    writeFile(join(folder, 'web', 'assets', 'app-1a2b3c4d.js'), 'console.log(1)'),
    writeFile(join(viewer, 'index.html'), '<script>window.PUBLIC_URL="/"</script><p>the viewer</p>'),
    writeFile(join(viewer, 'app.bundle.0f6159c501addfe9.js'), 'console.log(2)'),
    writeFile(join(viewer, 'app-config.js'), 'as it came'),
    writeFile(join(viewer, 'silent-refresh.html'), '<script src="https://elsewhere.example/shim.js"></script>'),
  ]);
}

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TestPortal } from '../testing/test-portal.js';
import { UpstreamService } from '../testing/upstream-service.js';

describe('the pages that the portal serves', () => {
  let services: UpstreamService;
  let portal: TestPortal;
  beforeAll(async () => {
    services = await UpstreamService.start((request, response) => void response.end(`${request.headers.host}`));
    portal = await TestPortal.start(services.url);
  });
  afterAll(async () => {
    await portal.stop();
    await services.stop();
  });

  it.each(['/', '/people/P01ARZ3NDEKTSV4RRFFQ69G5FAV', '/callback?code=a&state=b', '/no/such.page'])(
    'are the app’s one page at %s, with its settings, never kept',
    async (path) => {
      const response = await fetch(portal.edge + path);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await response.text()).toBe(
        '<meta content="{&quot;publicUrl&quot;:&quot;http://portal.example:8080&quot;,&quot;viewerUrl&quot;:&quot;http://portal.example:8081&quot;}"><p>the portal</p>',
      );
    },
  );

  it('load nothing from elsewhere, and cannot be framed by others', async () => {
    for (const path of ['/', '/assets/app-1a2b3c4d.js']) {
      const { headers } = await fetch(portal.edge + path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch("default-src 'none'; script-src 'self';");
      expect(policy).toMatch("frame-ancestors 'self'");
      expect(policy).not.toMatch(/https?:/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('have files that are kept for ever, and no file outside', async () => {
    const file = await fetch(`${portal.edge}/assets/app-1a2b3c4d.js`);
    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await fetch(`${portal.edge}/assets/..%2findex.html`)).status).toBeGreaterThanOrEqual(400);
  });

  it('do not take what is sent to them', async () => {
    expect((await fetch(`${portal.edge}/people`, { method: 'POST', body: 'x' })).status).toBe(404);
  });

  it('are OHIF on the viewer’s own origin, with our configuration and the province’s sign-in', async () => {
    const page = await fetch(`${portal.viewer}/viewer?StudyInstanceUIDs=1.2.3&lng=zh`);
    expect(await page.text()).toMatch('the viewer');
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self' [^;]*'sha256-/);
    const script = await (await fetch(`${portal.viewer}/app-config.js`)).text();
    const window: EventTarget & { config?: { oidc: { extraQueryParams?: object }[]; dataSources: object[] } } =
      new EventTarget();
    new Function('window', 'location', 'document', 'localStorage', script)(
      window,
      { search: '?lng=zh' },
      { cookie: '' },
      { getItem: () => null, setItem: () => undefined },
    );
    expect(window.config?.oidc).toMatchObject([
      {
        authority: 'http://portal.example:8080/oidc',
        client_id: 'ohif',
        redirect_uri: '/callback',
        response_type: 'code',
      },
    ]);
    // With each renewal the viewer says for how many seconds nobody touched it.
    const idle = () => ({ ...window.config?.oidc[0]?.extraQueryParams });
    const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 90_500);
    expect(idle()).toEqual({ idle_s: 90 });
    window.dispatchEvent(new Event('wheel'));
    expect(idle()).toEqual({ idle_s: 0 });
    later.mockRestore();
    expect(window.config?.dataSources).toMatchObject([
      { configuration: { qidoRoot: '/dicom-web', wadoRoot: '/dicom-web' } },
    ]);
  });

  it('keep the viewer’s built files, and replace those that reach for public hosts', async () => {
    const bundle = await fetch(`${portal.viewer}/app.bundle.0f6159c501addfe9.js`);
    expect([await bundle.text(), bundle.headers.get('cache-control')]).toEqual([
      'console.log(2)',
      'public, max-age=31536000, immutable',
    ]);
    expect(await (await fetch(`${portal.viewer}/silent-refresh.html`)).text()).not.toMatch('elsewhere');
    expect((await fetch(`${portal.viewer}/missing.js`)).status).toBe(404);
  });

  it('reach the registry from the viewer’s origin, and no other service', async () => {
    expect(await (await fetch(`${portal.viewer}/dicom-web/studies`)).text()).toBe('portal.example:8081');
    expect(await (await fetch(`${portal.viewer}/api/directory/hospitals`)).text()).toMatch('the viewer');
  });
});

import { fileURLToPath } from 'node:url';
import { servePage } from '@yinglian/web';
import type { FastifyPluginAsync } from 'fastify';
import type { PortalConfig } from '../portal.config.js';

/** The built web app, seen from dist/serve-portal and from src/serve-portal alike. */
const BUILT_WEB = fileURLToPath(new URL('../../dist/web/', import.meta.url));

/** Addresses of programs and of files: nothing there is a page, whatever is asked. */
const NOT_PAGES = /^\/(api|oidc|dicom-web|fhir|cds-services|assets)(\/|$)/;

/** The web app at every other address. A session is renewed in a hidden frame of the same origin. */
export const servePortal = (config: PortalConfig, folder = BUILT_WEB): FastifyPluginAsync =>
  servePage({
    folder,
    at: { allBut: NOT_PAGES },
    settings: { publicUrl: config.PUBLIC_URL, viewerUrl: config.VIEWER_URL },
    framedBy: 'self',
  });

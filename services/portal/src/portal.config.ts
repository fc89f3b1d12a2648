import { defineConfig } from '@yinglian/platform';
import { z } from 'zod';

const serviceUrl = (service: string) => z.url().describe(`Where the edge reaches ${service}`);

export const portalConfig = defineConfig('portal', {
  PUBLIC_URL: z.url().describe('The province’s one address, as browsers and programs see it'),
  VIEWER_URL: z.url().describe('The viewer’s own address, as browsers see it'),
  VIEWER_PORT: z.coerce.number().int().min(0).max(65535).describe('Port to serve the viewer on'),
  VIEWER_APP_FOLDER: z.string().min(1).describe('Folder of the built OHIF viewer (its `dist`)'),
  DIRECTORY_URL: serviceUrl('directory'),
  PATIENT_INDEX_URL: serviceUrl('patient-index'),
  STUDY_REGISTRY_URL: serviceUrl('study-registry'),
  CONSENT_AUDIT_URL: serviceUrl('consent-audit'),
});

export type PortalConfig = ReturnType<typeof portalConfig.load>;

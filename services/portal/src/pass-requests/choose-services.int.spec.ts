import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestPortal } from '../testing/test-portal.js';
import { UpstreamService } from '../testing/upstream-service.js';

describe('one FHIR server of several services', () => {
  let registry: UpstreamService;
  let consents: UpstreamService;
  let others: UpstreamService;
  let portal: TestPortal;
  beforeAll(async () => {
    const named = (name: string) => UpstreamService.start((_, response) => response.end(name));
    [registry, consents, others] = await Promise.all([
      named('study-registry'),
      named('consent-audit'),
      named('patient-index'),
    ]);
    portal = await TestPortal.start(others.url, { registry: registry.url, consents: consents.url });
  });
  afterAll(async () => {
    await portal.stop();
    await Promise.all([registry.stop(), consents.stop(), others.stop()]);
  });

  it.each([
    ['/fhir/metadata', 'patient-index'],
    ['/fhir/Patient?name=x', 'patient-index'],
    ['/fhir/$process-message', 'patient-index'],
    ['/fhir/ImagingStudy', 'study-registry'],
    ['/fhir/ImagingStudy?patient=x', 'study-registry'],
    ['/fhir/ImagingStudy/_search', 'study-registry'],
    ['/fhir/ImagingStudy/1.2.3', 'study-registry'],
    ['/fhir/Endpoint/dicom-wado-rs', 'study-registry'],
    ['/fhir/ImagingStudyX', 'patient-index'],
    ['/fhir/Consent?patient=x', 'consent-audit'],
    ['/fhir/Consent/1', 'consent-audit'],
  ])('%s is asked of %s', async (path, service) => {
    expect(await (await fetch(portal.edge + path)).text()).toBe(service);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas, peerScript, peersPython, runProgram } from '@yinglian/testing';
import { RegistryService } from '../testing/registry-service.js';
import { testStudy } from '../testing/test-study.js';

const WANG = `P01KC${'WAN'.padStart(22, '0')}`;

(machineHas('fhirpy') ? describe : describe.skip)('fhirpy, as it comes', () => {
  let registry: RegistryService;
  const studies = ['20260101', '20260301', '20260201'].map((studyDate, at) =>
    testStudy({ patientId: 'W-1', studyDate, modality: at === 2 ? 'MR' : 'CT' }, 2),
  );
  beforeAll(async () => {
    registry = await RegistryService.start();
    for (const file of studies.flatMap(({ files }) => files)) await registry.store('H001', [file]);
    await registry.link('H001', 'W-1', WANG);
  });
  afterAll(() => registry.stop());

  it('finds a person’s studies page by page, reads one, and learns where its images are', async () => {
    const token = await registry.issuer.personToken({ subject: 'dr', roles: ['clinician'], hospital: 'H001' });
    const script = [peerScript('fhir-read.py'), `${registry.address}/fhir`, token, `Patient/${WANG}`];
    const { stdout, output } = await runProgram(peersPython, script);
    if (stdout === '') throw new Error(output);
    const [oldest, newest, middle] = studies.map(({ studyUid }) => studyUid);
    expect(JSON.parse(stdout)).toEqual({
      paged: [newest, middle, oldest],
      count: 3,
      ofModality: [middle],
      newest,
      instances: 2,
      address: `${registry.address}/dicom-web`,
      missing: 'not found',
      refused: 'value',
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf, machineHas, peerScript, peersPython, runProgram } from '@yinglian/testing';
import { RegistryService } from '../testing/registry-service.js';

(machineHas('pydicom') ? describe : describe.skip)('dicomweb-client, as it comes', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  it('retrieves rendered instances, frames and series', async () => {
    const { slices, studyInstanceUid, seriesInstanceUid } = ctSeries(2);
    await registry.store('H001', slices.map(fileOf));
    const token = await registry.issuer.personToken({ subject: 'dr', roles: ['clinician'], hospital: 'H001' });
    const { output, stdout } = await runProgram(peersPython, [
      peerScript('dicomweb-rendered.py'),
      `${registry.address}/dicom-web`,
      token,
      studyInstanceUid,
      seriesInstanceUid,
      slices[0]?.sopInstanceUid ?? '',
    ]);
    if (stdout === '') throw new Error(output);
    expect(JSON.parse(stdout)).toEqual({
      any: ['JPEG', 512, 512],
      png: ['PNG', 512, 512],
      jpeg: ['JPEG', 50, 50],
      frame: ['PNG', 512, 512],
      series: [
        ['JPEG', 512, 512],
        ['JPEG', 512, 512],
      ],
      anySeries: [
        ['JPEG', 512, 512],
        ['JPEG', 512, 512],
      ],
    });
  });
});

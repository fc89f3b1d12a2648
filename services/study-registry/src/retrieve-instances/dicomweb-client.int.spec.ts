import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf, machineHas, peerScript, peersPython, runProgram } from '@yinglian/testing';
import { RegistryService } from '../testing/registry-service.js';

(machineHas('pydicom') ? describe : describe.skip)('dicomweb-client, as it comes', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  it('finds a study, its series and instances, and reads metadata, files and frames', async () => {
    const series = ctSeries(3);
    await registry.store('H001', series.slices.map(fileOf));
    const token = await registry.issuer.personToken({ subject: 'dr', roles: ['clinician'], hospital: 'H001' });
    const root = `${registry.address}/dicom-web`;
    const { output, stdout } = await runProgram(peersPython, [
      peerScript('dicomweb-read.py'),
      root,
      token,
      series.studyInstanceUid,
    ]);
    if (stdout === '') throw new Error(output);
    const uids = series.slices.map(({ sopInstanceUid }) => sopInstanceUid);
    const pixels = series.slices.map(({ dataSet }) =>
      createHash('sha256')
        .update(dataSet.subarray(-512 * 512 * 2))
        .digest('hex'),
    );
    expect(JSON.parse(stdout)).toEqual({
      instances: 3,
      uids,
      metadata: uids,
      files: uids,
      pixels,
      frame: pixels[0],
    });
  });
});

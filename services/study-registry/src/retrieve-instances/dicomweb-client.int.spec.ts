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

  it('reads them in each transfer syntax that it asks for', async () => {
    const series = ctSeries(2);
    await registry.store('H001', series.slices.map(fileOf));
    const token = await registry.issuer.personToken({ subject: 'dr', roles: ['clinician'], hospital: 'H001' });
    const { output, stdout } = await runProgram(peersPython, [
      peerScript('dicomweb-syntaxes.py'),
      `${registry.address}/dicom-web`,
      token,
      series.studyInstanceUid,
      series.seriesInstanceUid,
      series.slices[0]?.sopInstanceUid ?? '',
    ]);
    if (stdout === '') throw new Error(output);
    const hashes = series.slices.map(({ dataSet }) =>
      createHash('sha256')
        .update(dataSet.subarray(-512 * 512 * 2))
        .digest('hex'),
    );
    const JPEG_LS = '1.2.840.10008.1.2.4.80';
    const given = (syntax: string) => {
      const files = hashes.map((hash) => [syntax, syntax === JPEG_LS ? null : hash]);
      return { study: files, series: files, streamed: files, instance: files.slice(0, 1) };
    };
    expect(JSON.parse(stdout)).toEqual({
      found: {
        '*': given('1.2.840.10008.1.2.1'),
        '1.2.840.10008.1.2.1': given('1.2.840.10008.1.2.1'),
        '1.2.840.10008.1.2.5': given('1.2.840.10008.1.2.5'),
        [JPEG_LS]: given(JPEG_LS),
        '1.2.840.10008.1.2.4.90': given('1.2.840.10008.1.2.4.90'),
      },
      frames: {
        '1.2.840.10008.1.2.1': [hashes[0]],
        [JPEG_LS]: ['ffd8fff7'],
        '1.2.840.10008.1.2.4.90': ['ff4fff51'],
      },
      bulk: hashes[0],
    });
  });
});

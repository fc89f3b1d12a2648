import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ctSeries, fileOf } from '@yinglian/testing';
import { HospitalGateway } from '../testing/hospital-gateway.js';
import { RegistryService } from '../testing/registry-service.js';

let registry: RegistryService;
let gateway: HospitalGateway;
beforeAll(async () => {
  registry = await RegistryService.start();
  gateway = new HospitalGateway(registry);
});
afterAll(() => registry.stop());

it.each([
  ['a file', '', 'application/dicom'],
  ['a file in another transfer syntax', '', 'application/dicom; transfer-syntax=1.2.840.10008.1.2.5'],
  ['a frame', '/frames/1', 'multipart/related; type="application/octet-stream"'],
  ['a picture', '/rendered', 'image/png'],
  ['a thumbnail', '/thumbnail', 'image/png'],
  ['bulk data', '/bulkdata/7FE00010', 'application/octet-stream'],
])('%s of a pack that is at its hospital is what it is when the pack is here', async (_, resource, accept) => {
  const series = ctSeries(1);
  const pack = await gateway.keep(series.slices.map(fileOf));
  const path = `/dicom-web/studies/${series.studyInstanceUid}/series/${series.seriesInstanceUid}/instances/${series.slices[0]?.sopInstanceUid}${resource}`;
  const opened = registry.get(path, accept);
  expect(await gateway.pulls(10_000)).toEqual([pack.digest]);
  expect((await gateway.bring(pack)).status).toBe(201);
  const pulled = await opened;
  const stored = await registry.get(path, accept);
  expect([pulled.status, stored.status, pulled.body.length > 1_000]).toEqual([200, 200, true]);
  expect(pulled.body.equals(stored.body)).toBe(true);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CtSeries, ctSeries, fileOf, machineHas, peerScript, peersPython, runProgram } from '@yinglian/testing';
import { RegistryService } from '../testing/registry-service.js';
import { testStudy } from '../testing/test-study.js';

(machineHas('pydicom') ? describe : describe.skip)('dicomweb-client, as it comes', () => {
  let registry: RegistryService;
  let scan: CtSeries;
  const others = [1, 2, 3, 4].map((n) =>
    testStudy({ patientName: '张^伟', patientId: 'Z', studyDate: `2026010${n}`, modality: 'MR' }),
  );
  beforeAll(async () => {
    registry = await RegistryService.start();
    scan = ctSeries(3);
    await registry.store('H001', scan.slices.map(fileOf));
    for (const { files } of others) await registry.store('H001', files);
  });
  afterAll(() => registry.stop());

  it('searches with filters, fields, pages and names as they are spoken', async () => {
    const token = await registry.issuer.personToken({ subject: 'dr', roles: ['clinician'], hospital: 'H001' });
    const study = scan.studyInstanceUid;
    const newestFirst = others.map(({ studyUid }) => studyUid).reverse();
    const images = scan.slices.map(({ sopInstanceUid }) => sopInstanceUid);
    const searches: readonly (readonly [level: string, asked: object, uids: readonly unknown[], first: string])[] = [
      ['studies', { search_filters: { ModalitiesInStudy: 'MR' } }, newestFirst, '张^伟|'],
      [
        'studies',
        { search_filters: { PatientName: 'zhang wei' }, fuzzymatching: true, limit: 2 },
        newestFirst.slice(0, 2),
        '张^伟|',
      ],
      ['studies', { search_filters: { PatientID: 'Z' }, limit: 1, get_remaining: true }, newestFirst, '张^伟|'],
      ['studies', { search_filters: { StudyDate: '20260102-20260103' }, offset: 1 }, newestFirst.slice(2, 3), '张^伟|'],
      ['studies', { search_filters: { PatientID: 'nobody' } }, [], ''],
      [
        'series',
        { study_instance_uid: study, fields: ['PatientName'] },
        [scan.seriesInstanceUid],
        'Bench^Patient=测试^病人|',
      ],
      ['series', { search_filters: { Modality: 'CT' } }, [scan.seriesInstanceUid], 'Bench^Patient=测试^病人|'],
      ['instances', { study_instance_uid: study, limit: 2, get_remaining: true }, images, '|'],
      [
        'instances',
        { search_filters: { SeriesInstanceUID: scan.seriesInstanceUid }, limit: 2, offset: 1 },
        images.slice(1),
        'Bench^Patient=测试^病人|',
      ],
    ];
    const asked = JSON.stringify(searches.map(([level, parameters]) => [level, parameters]));
    const { output, stdout } = await runProgram(peersPython, [
      peerScript('dicomweb-search.py'),
      `${registry.address}/dicom-web`,
      token,
      asked,
    ]);
    if (stdout === '') throw new Error(output);
    expect(JSON.parse(stdout)).toEqual(searches.map(([, , uids, first]) => ({ uids, first })));
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CT_IMAGE_STORAGE, ctSeries, EXPLICIT_LITTLE_ENDIAN, fileOf, multipart, RawPeer } from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const OUT_OF_RESOURCES = 0xa700;

describe('a gateway that is cut off from the province', () => {
  let gateway: TestGateway;
  const { slices } = ctSeries(40);

  beforeAll(async () => {
    gateway = await TestGateway.start({ SPOOL_MAX_BYTES: '8000000', SPOOL_WARN_PERCENT: '50' });
  });
  afterAll(() => gateway.stop());

  const said = (alarm: string) => eventually(`${alarm} is said`, async () => gateway.output.includes(alarm));

  it('takes images until its spool is full, says so before and then, refuses with A700, and loses none', async () => {
    await gateway.province.stop();
    const peer = await RawPeer.connect(gateway.dicomPort);
    await peer.associate({
      contexts: [{ id: 1, abstractSyntax: CT_IMAGE_STORAGE, transferSyntaxes: [EXPLICIT_LITTLE_ENDIAN] }],
    });
    const acknowledged: string[] = [];
    const store = async (at: number) => {
      const slice = slices[at];
      if (slice === undefined) throw new Error('There are slices');
      const status = await peer.store(
        1,
        { sopClassUid: CT_IMAGE_STORAGE, sopInstanceUid: slice.sopInstanceUid },
        slice.dataSet,
      );
      if (status === 0) acknowledged.push(slice.sha256);
      return status;
    };
    let at = 0;
    while (acknowledged.length < 9) expect(await store(at++)).toBe(0);
    await said('"code":"SPOOL_FILLING","usedPercent":');
    let status = await store(at++);
    while (status === 0) status = await store(at++);
    expect([status, acknowledged.length]).toEqual([OUT_OF_RESOURCES, expect.any(Number)]);
    expect(acknowledged.length).toBeLessThan(18);
    await said('"code":"SPOOL_FULL"');
    await said('"code":"PROVINCE_AWAY"');
    const [last] = ctSeries(1).slices;
    const refused = await gateway.stow(multipart(last === undefined ? [] : [fileOf(last)]));
    expect(refused.body).toMatchObject({ '0008119A': { Value: [{ '00081197': { Value: [OUT_OF_RESOURCES] } }] } });

    await gateway.province.restart();
    const received = async () => (await gateway.province.instances()).map(({ entry }) => entry.dataSetSha256).sort();
    await eventually('all are at the registry', async () => (await received()).length >= acknowledged.length);
    expect(await received()).toEqual([...acknowledged].sort());
    await said('"code":"SPOOL_FULL","msg":"Alarm over"');
    expect(await store(at)).toBe(0);
    await eventually('the last one is there, too', async () => (await received()).length === acknowledged.length);
    peer.close();
  });
});

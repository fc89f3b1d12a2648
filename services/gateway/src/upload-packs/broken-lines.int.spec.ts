import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CT_IMAGE_STORAGE,
  type CtSeries,
  ctSeries,
  EXPLICIT_LITTLE_ENDIAN,
  FaultyLine,
  fileOf,
  multipart,
  RawPeer,
} from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const [MEDIUM, HIGH] = [0, 1];
const CLOSED = [{ from: '00:00', to: '24:00', megabitsPerSecond: 0 }];

describe('uploads over lines that break, are closed or swallow what they are given', () => {
  let folder: string;
  let file: string;
  let gateway: TestGateway;
  let lines: FaultyLine[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-hospital-'));
    file = join(folder, 'hospital.json');
    await decide({});
    gateway = await TestGateway.start({ HOSPITAL_FILE: file, PROVINCE_TIMEOUT_MS: '1000' });
    lines = await Promise.all([1, 2].map(() => FaultyLine.to(gateway.province.port)));
  });
  afterEach(async () => {
    await gateway.stop();
    await Promise.all(lines.map((line) => line.stop()));
    await rm(folder, { recursive: true });
  });

  /** What the hospital's file says of uploads from now on. */
  const decide = (upload: object) => writeFile(file, JSON.stringify({ upload }));
  const takenOver = async (upload: object) => {
    const before = gateway.output.split('file was changed').length;
    await decide(upload);
    await eventually('it is taken over', async () => gateway.output.split('file was changed').length > before);
  };
  const linkOf = (line: FaultyLine | undefined, name: string) => ({ name, url: `http://127.0.0.1:${line?.port}` });
  const stow = async (series: CtSeries) => {
    expect((await gateway.stow(multipart(series.slices.map(fileOf)))).status).toBe(200);
    return series;
  };
  const arrived = async (series: CtSeries) => {
    const received = async () =>
      (await gateway.province.instances())
        .filter(({ manifest }) => manifest.seriesInstanceUid === series.seriesInstanceUid)
        .map(({ entry }) => entry.dataSetSha256);
    await eventually('the series is at the registry', async () => (await received()).length > 0);
    expect((await received()).sort()).toEqual(series.slices.map(({ sha256 }) => sha256).sort());
  };

  const store = async (series: CtSeries, priority: number) => {
    const peer = await RawPeer.connect(gateway.dicomPort);
    await peer.associate({
      calling: 'PYNETDICOM',
      contexts: [{ id: 1, abstractSyntax: CT_IMAGE_STORAGE, transferSyntaxes: [EXPLICIT_LITTLE_ENDIAN] }],
    });
    for (const { sopInstanceUid, dataSet } of series.slices) {
      expect(await peer.store(1, { sopClassUid: CT_IMAGE_STORAGE, sopInstanceUid, priority }, dataSet)).toBe(0);
    }
    peer.close();
    return series;
  };

  it('go on where the line broke: what is sent in all stays near the size of the pack', async () => {
    const [line] = lines;
    await takenOver({ links: [linkOf(line, 'line')] });
    line?.become({ kind: 'breaking', afterBytes: 700_000 + Math.floor(Math.random() * 700_000) });
    const series = await stow(ctSeries(16));
    await arrived(series);
    expect(gateway.province.heads).toBeGreaterThan(4);
    expect(gateway.province.packBytes).toBeLessThan(series.bytes * 1.05);
    expect(gateway.province.packBytes).toBeGreaterThan(series.bytes);
  });

  it('take the other line when the preferred one is a black hole, and come back to it', async () => {
    const [preferred, other] = lines;
    await takenOver({ links: [linkOf(preferred, 'dedicated'), linkOf(other, 'internet')] });
    preferred?.become({ kind: 'black hole' });
    await arrived(await stow(ctSeries(3)));
    await eventually('it is said', async () => /"links":"dedicated".*"msg":"Alarm"/.test(gateway.output));
    preferred?.become(undefined);
    other?.become({ kind: 'cut' });
    await arrived(await stow(ctSeries(3)));
    await eventually('it is over', async () => /"code":"LINK_DOWN","msg":"Alarm over"/.test(gateway.output));
  });

  it('wait for their window, but for those of urgent devices', async () => {
    await takenOver({ windows: CLOSED, emergency: { callingAeTitles: ['PYNETDICOM'] } });
    const routine = await stow(ctSeries(2));
    const urgent = await store(ctSeries(2), MEDIUM);
    await arrived(urgent);
    expect(gateway.province.packs.size).toBe(1);
    await eventually('only the routine pack waits', async () => (await gateway.pendingPacks()) === 1);
    await takenOver({});
    await arrived(routine);
  });

  it('of a sender that asks for Priority HIGH are urgent where the hospital says so, also after a restart', async () => {
    await takenOver({ windows: CLOSED });
    const [before, medium] = [await store(ctSeries(1), HIGH), await store(ctSeries(1), MEDIUM)];
    await eventually('both wait', async () => (await gateway.pendingPacks()) === 2);
    await decide({ windows: CLOSED, emergency: { byPriority: true } });
    await gateway.kill();
    await gateway.run();
    await arrived(before);
    await arrived(await store(ctSeries(1), HIGH));
    await eventually('the other one waits', async () => (await gateway.pendingPacks()) === 1);
    await takenOver({});
    await arrived(medium);
  });

  it('take the line that is open by its own windows, whatever those of the hospital say', async () => {
    const [dedicated, internet] = [linkOf(lines[0], 'dedicated'), linkOf(lines[1], 'internet')];
    await takenOver({ windows: CLOSED, links: [dedicated, { ...internet, windows: CLOSED }] });
    const series = await stow(ctSeries(2));
    await eventually('it waits', async () => (await gateway.pendingPacks()) === 1);
    lines[0]?.become({ kind: 'black hole' });
    await takenOver({ windows: CLOSED, links: [dedicated, { ...internet, windows: [] }] });
    await arrived(series);
    expect(gateway.output).not.toMatch('"links":"dedicated"');
  });
});

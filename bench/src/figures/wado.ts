import { type CtSeries, ctSeries } from '@yinglian/testing';
import { type DicomWebClient, heldDownload } from '../clients/dicom-web.js';
import { KeptConnections } from '../clients/kept-connections.js';
import { sendRaw } from '../clients/raw-scu.js';
import type { Bench, Figure, Measurement } from '../figure.js';
import { inTurn, percentile, secondsOf } from '../statistics.js';
import { checkIdentity, untilSearchable } from './stored.js';

const SLICES = 100;
/** By one curl. */
const DOWNLOADS = 20;
const ASKED = 400;
const INSTANCE = 'application/dicom; transfer-syntax=*';
const PARTS = 'multipart/related; type="application/dicom"; transfer-syntax=*';
const FRAME = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
const JSON_TYPE = 'application/dicom+json';
const FRAME_CLIENTS = 8;

type Rate = (client: DicomWebClient, series: CtSeries) => Promise<number>;
type FigureText = Pick<Figure, 'name' | 'unit' | 'goal' | 'lowerIsBetter'> & { readonly note: string };

/** WADO-RS of a CT of 100 slices, 52 MB, warm, ours with token, decision and record. */
export const wadoFigures: readonly Figure[] = [
  figure({ name: 'wado.study', unit: 'MB/s', goal: 1.5, note: 'one client' }, (client, series) =>
    studyRate(client, series, 1),
  ),
  figure({ name: 'wado.study.4', unit: 'MB/s', goal: 1, note: 'four clients' }, (client, series) =>
    studyRate(client, series, 4),
  ),
  figure({ name: 'wado.instance', unit: '/s', goal: 2, note: 'one client' }, instanceRate),
  figure({ name: 'wado.study.edge', unit: 'MB/s', note: 'one client, through the edge' }, (client, series) =>
    studyRate(client, series, 1),
  ),
  figure({ name: 'wado.instance.edge', unit: '/s', note: 'one client, through the edge' }, instanceRate),
  figure({ name: 'wado.frame.8', unit: '/s', goal: 3, note: 'eight clients' }, (client, series) =>
    withConnections(client, FRAME_CLIENTS, async (connections) => {
      let next = 0;
      const viewer = async () => {
        for (let n = next++; n < ASKED * 2; n = next++) await frame(connections, series, n);
      };
      const seconds = await secondsOf(() => Promise.all(Array.from({ length: FRAME_CLIENTS }, viewer)));
      return (ASKED * 2) / seconds;
    }),
  ),
  figure(
    { name: 'wado.metadata', unit: 'ms', lowerIsBetter: true, goal: 20, note: 'p50, of 100 instances' },
    (client, series) =>
      withConnections(client, 1, async (connections) => {
        const times: number[] = [];
        for (let n = 0; n < 20; n += 1) {
          const startedAt = performance.now();
          const text = await connections.get(`/studies/${series.studyInstanceUid}/metadata`, JSON_TYPE, String);
          times.push(performance.now() - startedAt);
          const instances: unknown[] = JSON.parse(text);
          if (instances.length !== SLICES) throw new Error(`Metadata of ${instances.length} instances came`);
        }
        return percentile(times, 0.5);
      }),
  ),
];

function figure({ note, ...text }: FigureText, rate: Rate): Figure {
  return {
    ...text,
    async measure(bench): Promise<Measurement> {
      const peer = await bench.orthanc();
      const { direct, edge, series } = await storedOnBoth(bench);
      const ours = text.name.endsWith('.edge') ? edge : direct;
      const measured = await inTurn(
        () => rate(ours, series),
        () => rate({ url: peer.dicomWebUrl }, series),
      );
      return { ...measured, peerName: peer.name, note: `${note}; 100 CT slices, every data set compared` };
    },
  };
}

/** The same study in both, compared once. */
async function storedOnBoth(bench: Bench) {
  const peer = await bench.orthanc();
  const authorization = () => bench.province.authorization();
  const direct = { url: bench.province.dicomWebUrl, authorization };
  const edge = { url: bench.province.edgeDicomWebUrl, authorization };
  const theirs = { url: peer.dicomWebUrl };
  const series = ctSeries(SLICES);
  await sendRaw(bench.province.dicom, series.slices, 1);
  await sendRaw(peer.dicom, series.slices, 1);
  for (const client of [direct, theirs]) {
    await untilSearchable(client, series);
    await checkIdentity(client, series);
  }
  return { direct, edge, series };
}

function instanceRate(client: DicomWebClient, series: CtSeries): Promise<number> {
  return withConnections(client, 1, async (connections) => {
    const seconds = await secondsOf(async () => {
      for (let n = 0; n < ASKED; n += 1) await instance(connections, series, n);
    });
    return ASKED / seconds;
  });
}

async function studyRate(client: DicomWebClient, series: CtSeries, clients: number): Promise<number> {
  const paths = Array.from({ length: DOWNLOADS }, () => `/studies/${series.studyInstanceUid}`);
  const held = await Promise.all(Array.from({ length: clients }, () => heldDownload(client, paths)));
  let bytes = 0;
  const seconds = await secondsOf(() =>
    Promise.all(
      held.map(async (go) => {
        const downloaded = await go();
        if (downloaded < series.bytes * DOWNLOADS) throw new Error(`Only ${downloaded} bytes came`);
        bytes += downloaded;
      }),
    ),
  );
  return bytes / 1e6 / seconds;
}

async function withConnections<T>(
  client: DicomWebClient,
  count: number,
  use: (connections: KeptConnections) => Promise<T>,
): Promise<T> {
  const connections = new KeptConnections(client, count);
  try {
    return await use(connections);
  } finally {
    connections.close();
  }
}

const pathOf = (series: CtSeries, n: number) => {
  const slice = series.slices[(n * 37) % SLICES];
  if (slice === undefined) throw new Error('There is no slice to ask for');
  return {
    slice,
    path: `/studies/${series.studyInstanceUid}/series/${series.seriesInstanceUid}/instances/${slice.sopInstanceUid}`,
  };
};

async function instance(connections: KeptConnections, series: CtSeries, n: number): Promise<void> {
  const { slice, path } = pathOf(series, n);
  const length = await connections.get(path, `${PARTS}, ${INSTANCE}; q=0.1`, lengthOf);
  if (length < slice.dataSet.length) throw new Error(`Only ${length} bytes of an instance came`);
}

async function frame(connections: KeptConnections, series: CtSeries, n: number): Promise<void> {
  const { path } = pathOf(series, n);
  const length = await connections.get(`${path}/frames/1`, FRAME, lengthOf);
  if (length < FRAME_BYTES) throw new Error(`Only ${length} bytes of a frame came`);
}

const lengthOf = (body: Buffer) => body.length;

const FRAME_BYTES = 512 * 512 * 2;

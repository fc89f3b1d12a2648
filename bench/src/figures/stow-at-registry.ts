import { type CtSeries, ctSeries, fileOf } from '@yinglian/testing';
import { type DicomWebClient, stow } from '../clients/dicom-web.js';
import type { Figure } from '../figure.js';
import { inTurn, secondsOf, settle } from '../statistics.js';
import { checkIdentity, untilSearchable } from './stored.js';

const SLICES = 100;
const STUDIES = 4;

/** STOW-RS at the province itself, CTs of 100 slices with a request each: durable, registered and found before it is answered. */
export const stowAtRegistryFigures: readonly Figure[] = [
  figure('registry.stow', 1, 2),
  figure('registry.stow.4', 4, 1.5),
];

function figure(name: string, clients: number, goal: number): Figure {
  return {
    name,
    unit: 'MB/s',
    goal,
    async measure(bench) {
      const peer = await bench.orthanc();
      const url = bench.province.dicomWebUrl;
      const reads = { url, authorization: () => bench.province.authorization() };
      const token = await bench.province.storeAuthorization();
      const measured = await inTurn(
        (round) => send({ url, authorization: async () => token }, reads, clients, round === 0),
        (round) => send({ url: peer.dicomWebUrl }, { url: peer.dicomWebUrl }, clients, round === 0),
      );
      const note = `${STUDIES} CTs of ${SLICES} slices, ${clients} at once; the first round read back and compared`;
      return { ...measured, peerName: peer.name, note };
    },
  };
}

/** Megabytes a second. */
async function send(
  writes: DicomWebClient,
  reads: DicomWebClient,
  clients: number,
  isCompared: boolean,
): Promise<number> {
  const all = Array.from({ length: STUDIES }, () => ctSeries(SLICES));
  const bodies = all.map((series) => series.slices.map(fileOf));
  await settle();
  const seconds = await secondsOf(() => {
    let next = 0;
    const client = async () => {
      for (let files = bodies[next++]; files !== undefined; files = bodies[next++]) await stow(writes, files);
    };
    return Promise.all(Array.from({ length: clients }, client));
  });
  if (isCompared) for (const series of all) await compare(reads, series);
  return all.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6 / seconds;
}

async function compare(client: DicomWebClient, series: CtSeries): Promise<void> {
  await untilSearchable(client, series);
  await checkIdentity(client, series);
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CtSeries, ctSeries, fileOf } from '@yinglian/testing';
import { type DicomWebClient, heldStow, stowBody } from '../clients/dicom-web.js';
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
  const folder = await mkdtemp(join(tmpdir(), 'yinglian-stow-'));
  try {
    const paths = await Promise.all(all.map((series) => writeBody(folder, series)));
    await settle();
    const held = await Promise.all(
      Array.from({ length: clients }, (_, client) =>
        heldStow(
          writes,
          paths.filter((_, at) => at % clients === client),
        ),
      ),
    );
    const seconds = await secondsOf(() => Promise.all(held.map((go) => go())));
    if (isCompared) for (const series of all) await compare(reads, series);
    return all.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6 / seconds;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeBody(folder: string, { studyInstanceUid, slices }: CtSeries): Promise<string> {
  const path = join(folder, studyInstanceUid);
  await writeFile(path, stowBody(slices.map(fileOf)));
  return path;
}

async function compare(client: DicomWebClient, series: CtSeries): Promise<void> {
  await untilSearchable(client, series);
  await checkIdentity(client, series);
}

import { type CtSeries, ctSeries } from '@yinglian/testing';
import { sendRaw } from '../clients/raw-scu.js';
import { sendWithStorescu, writeFiles } from '../clients/storescu.js';
import type { Bench, DicomAddress, Figure, Peer } from '../figure.js';
import { inTurn, secondsOf, settle } from '../statistics.js';
import { checkIdentity, untilSearchable } from './stored.js';

const SLICES = 400;
/** Eight programs load their dictionaries on the two cores first; a longer series is judged by its images. */
const SLICES_OF_EIGHT_PROGRAMS = 1_200;
const MEGABYTE = 1e6;

type Send = (address: DicomAddress, series: CtSeries) => Promise<number>;

const raw =
  (associations: number): Send =>
  (address, series) =>
    secondsOf(() => sendRaw(address, series.slices, associations));

const stock =
  (associations: number): Send =>
  async (address, series) => {
    const files = await writeFiles(series, associations);
    try {
      return await secondsOf(() => sendWithStorescu(address, files.folders));
    } finally {
      await files.remove();
    }
  };

function figure(
  name: string,
  goal: number,
  send: Send,
  peerOf: (bench: Bench) => Promise<Peer>,
  slices = SLICES,
): Figure {
  return {
    name,
    unit: 'MB/s',
    goal,
    async measure(bench: Bench) {
      const peer = await peerOf(bench);
      const ours = { url: bench.province.dicomWebUrl, authorization: () => bench.province.authorization() };
      const measured = await inTurn(
        async (round) => {
          const series = ctSeries(slices);
          await settle();
          const seconds = await send(bench.province.dicom, series);
          await untilSearchable(ours, series);
          if (round === 0) await checkIdentity(ours, series);
          return series.bytes / MEGABYTE / seconds;
        },
        async () => {
          const series = ctSeries(slices);
          await settle();
          const seconds = await send(peer.dicom, series);
          await untilSearchable({ url: peer.dicomWebUrl }, series);
          return series.bytes / MEGABYTE / seconds;
        },
      );
      return { ...measured, peerName: peer.name, note: `${slices} CT slices, every data set compared` };
    },
  };
}

const atItsBest = (bench: Bench) => bench.orthanc();
const asItComes = (bench: Bench) => bench.stockOrthanc();

/**
 * C-STORE on one and on eight associations: with a client that does not stall, beside Orthanc at its best; with DCMTK's, as
 * hospitals use it, beside Orthanc as hospitals install it.
 */
export const cstoreFigures: readonly Figure[] = [
  figure('cstore.1', 2, raw(1), atItsBest),
  figure('cstore.8', 2, raw(8), atItsBest),
  figure('cstore.stock.1', 8, stock(1), asItComes),
  figure('cstore.stock.8', 5, stock(8), asItComes, SLICES_OF_EIGHT_PROGRAMS),
];

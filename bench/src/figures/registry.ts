import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ctSeries, fileOf } from '@yinglian/testing';
import { heldDownload } from '../clients/dicom-web.js';
import { sendRaw } from '../clients/raw-scu.js';
import type { Bench, Figure } from '../figure.js';
import { peakMemoryMb } from '../peak-memory.js';
import { untilSearchable } from './stored.js';

const RETRIEVALS = 64;
const SLICES = 100;
const MANY_SLICES = 400;

const clientOf = (bench: Bench) => ({
  url: bench.province.dicomWebUrl,
  authorization: () => bench.province.authorization(),
});

/** The most memory that the registry had resident while 64 clients retrieved a study at once. */
export const registryMemoryFigure: Figure = {
  name: 'memory.registry',
  unit: 'MB',
  lowerIsBetter: true,
  async measure(bench) {
    const registry = (await bench.province.processes()).find(({ name }) => name === 'study-registry');
    if (registry === undefined) throw new Error('The province has no study registry');
    const series = ctSeries(SLICES);
    await sendRaw(bench.province.dicom, series.slices, 1);
    await untilSearchable(clientOf(bench), series);
    const paths = [`/studies/${series.studyInstanceUid}`];
    const held = await Promise.all(Array.from({ length: RETRIEVALS }, () => heldDownload(clientOf(bench), paths)));
    const retrieve = async (go: () => Promise<number>) => {
      const bytes = await go();
      if (bytes < series.bytes) throw new Error(`Only ${bytes} of ${series.bytes} bytes came`);
    };
    const highest = await peakMemoryMb(registry.pid, () => Promise.all(held.map(retrieve)));
    return {
      ours: highest,
      atMost: 500,
      note: `highest while ${RETRIEVALS} clients retrieved ${SLICES} CT slices each`,
    };
  },
};

/** What the object store takes beyond the files that were sent, packs' manifests and indexes included. */
export const storageOverheadFigure: Figure = {
  name: 'storage.overhead',
  unit: '%',
  lowerIsBetter: true,
  async measure(bench) {
    const before = await bytesIn(bench.province.objectsFolder);
    const series = ctSeries(MANY_SLICES);
    await sendRaw(bench.province.dicom, series.slices, 1);
    await untilSearchable(clientOf(bench), series);
    const taken = (await bytesIn(bench.province.objectsFolder)) - before;
    const sent = series.slices.reduce((sum, slice) => sum + fileOf(slice).length, 0);
    return { ours: (taken / sent - 1) * 100, atMost: 1, note: `${MANY_SLICES} CT slices, ${sent} bytes in files` };
  },
};

async function bytesIn(folder: string): Promise<number> {
  const { stdout } = await promisify(execFile)('du', ['--summarize', '--bytes', folder]);
  return Number(stdout.split('\t')[0]);
}

import { readFileSync } from 'node:fs';
import { ctSeries } from '@yinglian/testing';
import { sendRaw } from '../clients/raw-scu.js';
import type { Bench, Figure } from '../figure.js';
import { untilSearchable } from './stored.js';

const INGESTED_BYTES = 2e9;

/** Resident memory of every process of the system and their children, shared pages counted once (PSS), in MB. */
async function residentMb(bench: Bench): Promise<number> {
  const roots = (await bench.province.processes()).map(({ pid }) => pid);
  const pids = new Set(roots.flatMap((pid) => [pid, ...childrenOf(pid)]));
  const kilobytes = [...pids].map((pid) =>
    Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]),
  );
  return kilobytes.reduce((sum, value) => sum + value, 0) / 1000;
}

function childrenOf(pid: number): number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return listed === '' ? [] : listed.split(' ').map(Number);
}

/** Memory of the whole system as it started; measured first. */
export const memoryAtStartFigure: Figure = {
  name: 'memory.start',
  unit: 'MB',
  lowerIsBetter: true,
  measure: async (bench) => ({
    ours: await residentMb(bench),
    note: 'all processes, PostgreSQL included, three gateways',
  }),
};

/** Memory of the whole system after two gigabytes came in. */
export const memoryAfterIngestFigure: Figure = {
  name: 'memory.after-2-GB',
  unit: 'MB',
  lowerIsBetter: true,
  async measure(bench) {
    const client = { url: bench.province.dicomWebUrl, authorization: () => bench.province.authorization() };
    for (let sent = 0; sent < INGESTED_BYTES; ) {
      const series = ctSeries(400);
      await sendRaw(bench.province.dicom, series.slices, 8);
      await untilSearchable(client, series);
      sent += series.bytes;
    }
    return { ours: await residentMb(bench), note: 'on eight associations' };
  },
};

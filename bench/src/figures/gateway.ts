import { ctSeries } from '@yinglian/testing';
import { sendRaw } from '../clients/raw-scu.js';
import type { Bench, Figure } from '../figure.js';
import { peakMemoryMb } from '../peak-memory.js';
import { percentile, settle, WARM_UP_ROUNDS } from '../statistics.js';
import { checkIdentity, untilSearchable } from './stored.js';

const ASSOCIATIONS = 8;
const SLICES = 400;
const ROUNDS = 5;

const clientOf = (bench: Bench) => ({
  url: bench.province.dicomWebUrl,
  authorization: () => bench.province.authorization(),
});

/** From the first byte of a C-STORE request to its response, eight associations sending as fast as they are answered. */
export const cstoreResponseFigure: Figure = {
  name: 'cstore.response',
  unit: 'ms',
  lowerIsBetter: true,
  async measure(bench) {
    const waits: number[] = [];
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
      const series = ctSeries(SLICES);
      await settle();
      const measured = await sendRaw(bench.province.dicom, series.slices, ASSOCIATIONS);
      await untilSearchable(clientOf(bench), series);
      if (round === 0) await checkIdentity(clientOf(bench), series);
      if (round >= WARM_UP_ROUNDS) waits.push(...measured);
    }
    return {
      ours: percentile(waits, 0.99),
      atMost: 20,
      note: `p99 of ${waits.length} CT slices on ${ASSOCIATIONS} associations; p50 ${percentile(waits, 0.5).toFixed(1)} ms`,
    };
  },
};

/** The most memory that the gateway had resident while images came in on eight associations, shared pages included. */
export const gatewayMemoryFigure: Figure = {
  name: 'memory.gateway',
  unit: 'MB',
  lowerIsBetter: true,
  async measure(bench) {
    const gateway = (await bench.province.processes()).find(({ name }) => name === 'gateway-H001');
    if (gateway === undefined) throw new Error('The province has no gateway of H001');
    const highest = await peakMemoryMb(gateway.pid, async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const series = ctSeries(SLICES);
        await sendRaw(bench.province.dicom, series.slices, ASSOCIATIONS);
        await untilSearchable(clientOf(bench), series);
      }
    });
    return { ours: highest, atMost: 300, note: `highest while ${ROUNDS * SLICES} CT slices came in and went on` };
  },
};

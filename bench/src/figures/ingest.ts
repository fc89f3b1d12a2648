import { ctSeries } from '@yinglian/testing';
import { sendRaw } from '../clients/raw-scu.js';
import type { Figure } from '../figure.js';
import { percentile } from '../statistics.js';
import { untilSearchable } from './stored.js';

const STUDIES = 100;

/** From the last C-STORE response until QIDO-RS counts every instance of the study. */
export const ingestFigure: Figure = {
  name: 'ingest.to-searchable',
  unit: 's',
  lowerIsBetter: true,
  async measure(bench) {
    const client = { url: bench.province.dicomWebUrl, authorization: () => bench.province.authorization() };
    const times: number[] = [];
    for (let index = 0; index < STUDIES; index += 1) {
      // Every tenth study is a large one.
      const series = ctSeries(index % 10 === 0 ? 400 : 20);
      await sendRaw(bench.province.dicom, series.slices, 1);
      times.push(await untilSearchable(client, series));
    }
    return {
      ours: percentile(times, 0.99),
      atMost: 2,
      note: `p99 of ${STUDIES} studies of 20 and 400 slices; p50 ${percentile(times, 0.5).toFixed(2)} s`,
    };
  },
};

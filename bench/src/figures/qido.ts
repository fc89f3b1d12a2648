import { ctSeries } from '@yinglian/testing';
import { type DicomWebClient, getJson } from '../clients/dicom-web.js';
import { sendRaw } from '../clients/raw-scu.js';
import type { Figure } from '../figure.js';
import { inTurn, percentile } from '../statistics.js';
import { untilSearchable } from './stored.js';

const STUDIES = 300;
const REQUESTS = 200;

/** QIDO-RS of one patient's studies, one request after the other. */
export const qidoFigure: Figure = {
  name: 'qido.patient',
  unit: 'ms',
  lowerIsBetter: true,
  goal: 1,
  async measure(bench) {
    const peer = await bench.orthanc();
    const ours = { url: bench.province.dicomWebUrl, authorization: () => bench.province.authorization() };
    const studies = Array.from({ length: STUDIES }, () => ctSeries(1));
    for (const [address, client] of [
      [bench.province.dicom, ours],
      [peer.dicom, { url: peer.dicomWebUrl }],
    ] as const) {
      for (const study of studies) await sendRaw(address, study.slices, 1);
      for (const study of studies) await untilSearchable(client, study);
    }
    const p50 = async (client: DicomWebClient) => {
      const times: number[] = [];
      for (let index = 0; index < REQUESTS; index += 1) {
        const study = studies[index % STUDIES];
        if (study === undefined) throw new Error('There is no study to ask for');
        const startedAt = performance.now();
        const found = await getJson(client, `/studies?PatientID=${study.patientId}`);
        times.push(performance.now() - startedAt);
        if (found.length !== 1 || found[0]?.['0020000D']?.Value?.[0] !== study.studyInstanceUid) {
          throw new Error(`QIDO-RS of one patient found ${found.length} studies`);
        }
      }
      return percentile(times, 0.5);
    };
    const measured = await inTurn(
      () => p50(ours),
      () => p50({ url: peer.dicomWebUrl }),
    );
    return {
      ...measured,
      peerName: peer.name,
      note: `p50, ${STUDIES} further patients; ours with token, decision and record`,
    };
  },
};

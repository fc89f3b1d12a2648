import { ctSeries } from '@yinglian/testing';
import { type DicomWebClient, download } from '../clients/dicom-web.js';
import { sendRaw } from '../clients/raw-scu.js';
import type { Figure } from '../figure.js';
import { inTurn } from '../statistics.js';
import { checkIdentity, untilSearchable } from './stored.js';

/** WADO-RS of a study of 400 slices to one client. */
export const wadoFigure: Figure = {
  name: 'wado.study',
  unit: 'MB/s',
  goal: 1,
  async measure(bench) {
    const peer = await bench.orthanc();
    const ours = { url: bench.province.dicomWebUrl, authorization: () => bench.province.authorization() };
    const series = ctSeries(400);
    await sendRaw(bench.province.dicom, series.slices, 1);
    await sendRaw(peer.dicom, series.slices, 1);
    await untilSearchable(ours, series);
    await untilSearchable({ url: peer.dicomWebUrl }, series);
    await checkIdentity(ours, series);
    const rate = async (client: DicomWebClient) => {
      const { bytes, seconds } = await download(client, `/studies/${series.studyInstanceUid}`);
      if (bytes < series.bytes) throw new Error(`Only ${bytes} of ${series.bytes} bytes came`);
      return bytes / 1e6 / seconds;
    };
    const measured = await inTurn(
      () => rate(ours),
      () => rate({ url: peer.dicomWebUrl }),
      5,
    );
    return { ...measured, peerName: peer.name, note: '400 CT slices through the edge, warm, every data set compared' };
  },
};

import { ctSeries, fileOf } from '@yinglian/testing';
import { stow } from '../clients/dicom-web.js';
import type { Figure } from '../figure.js';
import { inTurn, secondsOf, settle } from '../statistics.js';
import { checkIdentity, untilSearchable } from './stored.js';

/** A study of 400 slices by STOW-RS: ours to a hospital's gateway, in requests of 50 instances. */
export const stowFigure: Figure = {
  name: 'stow',
  unit: 'MB/s',
  goal: 1,
  async measure(bench) {
    const peer = await bench.orthanc();
    const authorization = () => bench.province.authorization();
    const ours = { url: bench.province.dicomWebUrl, authorization };
    const send = async (
      client: Parameters<typeof stow>[0],
      searchable: typeof ours | { url: string },
      check: boolean,
    ) => {
      const series = ctSeries(400);
      const files = series.slices.map(fileOf);
      await settle();
      const seconds = await secondsOf(async () => {
        for (let at = 0; at < files.length; at += 50) await stow(client, files.slice(at, at + 50));
      });
      await untilSearchable(searchable, series);
      if (check) await checkIdentity(searchable, series);
      return series.bytes / 1e6 / seconds;
    };
    const measured = await inTurn(
      (round) => send({ url: bench.province.stowUrl, authorization }, ours, round === 0),
      () => send({ url: peer.dicomWebUrl }, { url: peer.dicomWebUrl }, false),
    );
    return { ...measured, peerName: peer.name, note: '400 CT slices, 50 a request' };
  },
};

import { randomInt } from 'node:crypto';
import { CT_IMAGE_STORAGE, ctSeries, smallInstance } from '@yinglian/testing';
import { sendRaw } from '../clients/raw-scu.js';
import type { DicomAddress, Figure } from '../figure.js';
import { startLoneGateway } from '../peers/lone-gateway.js';
import { inTurn, secondsOf, settle } from '../statistics.js';

const WAITING = 100_000;
const INSTANCES_OF_STUDY = 200;
const ASSOCIATIONS = 8;
const SLICES = 400;
const STUDY = 0x0020000d;
const SERIES = 0x0020000e;

const uid = () => `1.2.826.0.1.3680043.10.1561.${randomInt(2 ** 47)}.${randomInt(2 ** 47)}`;

/** C-STORE into a gateway whose spool holds 100,000 instances that cannot leave, and into one whose spool is all but empty. */
export const spooledFigure: Figure = {
  name: 'cstore.spooled',
  unit: 'MB/s',
  goal: 0.9,
  async measure() {
    const [full, empty] = [await startLoneGateway(), await startLoneGateway()];
    try {
      for (let sent = 0; sent < WAITING; sent += INSTANCES_OF_STUDY)
        await sendRaw(full.dicom, smallStudy(), ASSOCIATIONS);
      const rate = async (dicom: DicomAddress) => {
        const series = ctSeries(SLICES);
        await settle();
        return series.bytes / 1e6 / (await secondsOf(() => sendRaw(dicom, series.slices, ASSOCIATIONS)));
      };
      const measured = await inTurn(
        () => rate(full.dicom),
        () => rate(empty.dicom),
      );
      const note = `${WAITING} instances of ${WAITING / INSTANCES_OF_STUDY} studies wait; each acknowledged`;
      return { ...measured, peerName: 'itself, empty', note };
    } finally {
      await full.stop();
      await empty.stop();
    }
  },
};

function smallStudy() {
  const overrides = { [STUDY]: uid(), [SERIES]: uid() };
  return Array.from({ length: INSTANCES_OF_STUDY }, () => ({
    ...smallInstance({ sopClassUid: CT_IMAGE_STORAGE, overrides }),
    sha256: '',
  }));
}

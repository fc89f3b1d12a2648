import { CT_IMAGE_STORAGE, EXPLICIT_LITTLE_ENDIAN, PDU_TYPE, RawPeer } from '@yinglian/testing';
import { SENDING_TIMEOUT_MS, type Sender } from './sender.js';

const CONTEXT = { id: 1, abstractSyntax: CT_IMAGE_STORAGE, transferSyntaxes: [EXPLICIT_LITTLE_ENDIAN] };

/** PDUs as fast as they go, and never a release: the connection is closed in the end, as some devices do. */
export const rawSender: Sender = async (target, slices, acknowledged) => {
  const peer = await RawPeer.connect(target.dicomPort).catch(() => undefined);
  if (peer === undefined) return;
  peer.socket.setTimeout(SENDING_TIMEOUT_MS, () => peer.close());
  try {
    const answer = await peer.associate({ contexts: [CONTEXT], called: target.aeTitle });
    if (answer?.type !== PDU_TYPE.accept) return;
    for (const { sopInstanceUid, dataSet } of slices) {
      const status = await peer.store(CONTEXT.id, { sopClassUid: CT_IMAGE_STORAGE, sopInstanceUid }, dataSet);
      if (status === undefined) return;
      if (status === 0x0000) acknowledged(sopInstanceUid);
    }
  } finally {
    peer.close();
  }
};

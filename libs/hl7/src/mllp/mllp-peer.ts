import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { MllpPeer } from './mllp-options.js';

/** Who is at the other end of a connection whose handshake is done. */
export function peerOf(socket: Socket): MllpPeer {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return { certificateNames: [] };
  const { subject, subjectaltname = '' } = socket.getPeerCertificate();
  const commonNames = [subject?.CN ?? []].flat();
  const dnsNames = subjectaltname.split(', ').flatMap((name) => (name.startsWith('DNS:') ? [name.slice(4)] : []));
  return { certificateNames: [...new Set([...commonNames, ...dnsNames])] };
}

import { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import type { ProvinceObserver } from './province-observer.js';

const CONNECT_TIMEOUT_MS = 10_000;

/** Connects as undici does, and says until when the certificates of the far side are valid. */
export function connectObserved(observer: ProvinceObserver | undefined): buildConnector.connector {
  const connect = buildConnector({ timeout: CONNECT_TIMEOUT_MS });
  return (options, callback) =>
    connect(options, (...outcome) => {
      const [, socket] = outcome;
      if (socket instanceof TLSSocket) {
        const { valid_to: validTo } = socket.getPeerCertificate();
        if (validTo !== undefined) observer?.shown(options.hostname, new Date(validTo));
      }
      callback(...outcome);
    });
}

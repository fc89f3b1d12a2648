import type { TlsOptions } from 'node:tls';

/** Why a connection or a frame was given up, for counting. */
export type MllpTrouble =
  | 'tooManyConnections'
  | 'silent'
  | 'frameTooSlow'
  | 'tooManyLongFrames'
  | 'doesNotRead'
  | 'strayBytes'
  | 'connection';

/** Takes a frame and resolves with the answer to send, or with nothing to send. Must not reject. */
export type ReceiveFrame = (frame: { bytes: Buffer; tooLong: boolean }) => Promise<Buffer | undefined>;

export interface MllpOptions {
  /** Longest message. */
  readonly maximumBytes: number;
  readonly maximumConnections: number;
  /** Silence after which a connection is closed; senders open a new one. */
  readonly idleTimeoutMs: number;
  /** How long a message may take from its first byte to its last. */
  readonly frameTimeoutMs: number;
  /** With it TLS is spoken. */
  readonly tls?: TlsOptions;
  readonly onTrouble: (trouble: MllpTrouble) => void;
}

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

export interface Reply {
  /** Sent behind the answers to earlier frames; nothing when undefined. */
  readonly answer: Buffer | undefined;
  /** A message of its own on the same connection, sent when it resolves with one. Must not reject. */
  readonly further?: Promise<Buffer | undefined>;
}

/** Who is at the other end. */
export interface MllpPeer {
  /** Common name and DNS names of the certificate that the peer was trusted by; none without TLS, or when none was asked for. */
  readonly certificateNames: readonly string[];
}

/** Takes a frame and resolves with what to send. Must not reject. */
export type ReceiveFrame = (frame: { bytes: Buffer; tooLong: boolean }, peer: MllpPeer) => Promise<Reply>;

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

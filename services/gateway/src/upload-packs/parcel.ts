import type { CommittedPack } from './registry-answer.js';

/** The bytes of a pack on the disk, or of what is said of it, read each time they are needed. */
export interface PackBytes {
  /** SHA-256 of all bytes of the pack, its name. */
  readonly digest: string;
  /** It is the pack's outline: the pack itself stays here (ADR 0038). */
  readonly isOutline?: boolean;
  readonly length: number;
  /** The disk does not give back what was received. */
  readonly isDamaged: boolean;
  /** From one byte on. Throws a SpoolReadError. */
  pieces(from?: number): AsyncIterable<Buffer>;
}

/** A pack that is to be brought to the registry, and what becomes of it then. */
export interface Parcel<Bytes extends PackBytes = PackBytes> {
  readonly studyInstanceUid: string;
  /** Since when its study waits. */
  readonly since: string;
  /** The registry may have it already. */
  readonly mayBeThere: boolean;
  /** What to send. Throws when the disk does not answer. */
  prepare(): Promise<Bytes>;
  /** The registry has it. Throws when the disk does not answer, and is told again. */
  committed(pack: CommittedPack, bytes: Bytes): Promise<void>;
  /** It is refused for good. Resolves with what is to be brought instead. Throws as above. */
  refused(reason: string, bytes: Bytes): Promise<readonly Parcel[]>;
}

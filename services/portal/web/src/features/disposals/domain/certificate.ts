import type { RetentionRule } from './proposal.js';

/** What is left of a study that was destroyed. */
export interface Certificate {
  readonly disposalId: number;
  readonly studyInstanceUid: string;
  readonly hospital: string;
  readonly confirmedByName: string;
  readonly confirmedAt: string;
  readonly registeredByName: string;
  readonly registeredAt: string;
  readonly destroyedAt: string;
  readonly destroyed: {
    readonly instances: number;
    readonly packs: readonly { readonly sha256: string; readonly sizeBytes: number }[];
    readonly retainUntil: string;
    readonly rules: readonly RetentionRule[];
  };
}

export const bytesOf = ({ destroyed }: Certificate): number =>
  destroyed.packs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

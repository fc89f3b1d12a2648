import type { PolicyFiles, Role } from '@yinglian/contracts';

export interface PoliciesInForce {
  readonly version: string;
  readonly files: PolicyFiles;
  readonly schema: string;
  /** What the release brings. */
  readonly release: { readonly version: string; readonly files: PolicyFiles };
  /** 0 while they are those of the release. */
  readonly adoption: number;
  readonly adoptedAt: string | null;
  readonly proposedBy: string | null;
  readonly signedBy: string | null;
}

export interface Change {
  readonly action: string;
  readonly roles: readonly Role[];
  readonly hospital: string | null;
  readonly purposeOfUse: string;
  readonly was: string;
  readonly wouldBe: string;
  readonly kind: 'refused' | 'permitted';
  readonly accesses: number;
}

export interface Trial {
  readonly from: string;
  readonly to: string;
  readonly tried: number;
  readonly refused: number;
  readonly permitted: number;
  readonly changes: readonly Change[];
}

export interface Proposal {
  readonly proposalId: string;
  readonly version: string;
  readonly files: PolicyFiles;
  readonly baseFiles: PolicyFiles;
  readonly reason: string;
  readonly trial: Trial;
  readonly proposedBy: string;
  readonly proposedName: string;
  readonly proposedAt: string;
  readonly state: 'waiting' | 'adopted' | 'refused' | 'withdrawn';
  readonly decidedName: string | null;
  readonly decidedAt: string | null;
  readonly note: string | null;
}

export interface ReadablePolicy {
  readonly id: string;
  /** What stands above it in words. */
  readonly says: string;
  readonly cedar: string;
}

const A_POLICY = /((?:^\/\/.*\n)*)^@id\("([^"]+)"\)\n([\s\S]*?;)$/gm;

/** The policies of a file, each with the comment right above it. */
export function policiesOf(file: string): ReadablePolicy[] {
  return [...file.matchAll(A_POLICY)].map(([, comment = '', id = '', cedar = '']) => ({
    id,
    says: comment
      .replace(/^\/\/ ?/gm, '')
      .trim()
      .replaceAll('\n', ' '),
    cedar,
  }));
}

export type CaseState = 'open' | 'kept' | 'taken';
export type Reason = 'SAME_UID_OTHER_BYTES' | 'STUDY_OF_ANOTHER_HOSPITAL';
export type Pixels = 'equal' | 'differ' | 'no-pixels' | 'not-compared';

export interface CaseDecision {
  readonly decision: 'keep' | 'take' | 'undo';
  readonly decidedByName: string;
  readonly decidedAt: string;
  readonly note: string;
}

/** A case as study-registry lists it: what a hospital sent again of one series. */
export interface ListedCase {
  readonly caseId: string;
  readonly reason: Reason;
  readonly state: CaseState;
  /** Who sent it again, and whose the study is. */
  readonly hospital: string;
  readonly owner: string;
  readonly instances: number;
  readonly openedAt: string;
  readonly patientName: string;
  readonly patientId: string;
  readonly studyDate: string;
  readonly studyDescription: string;
  readonly modalities: readonly string[];
  readonly made: CaseDecision | null;
}

/** One version of the compared instances, in sum. */
export interface Side {
  readonly hospital: string;
  readonly sizeBytes: number;
  readonly receivedFrom: string;
  readonly receivedTo: string;
  readonly callingAeTitles: readonly string[];
  readonly via: readonly string[];
  readonly transferSyntaxUids: readonly string[];
}

export interface ComparedInstance {
  readonly sopInstanceUid: string;
  readonly instanceNumber: string;
  readonly first: string | null;
  readonly other: string;
  readonly pixels: Pixels;
  readonly differences: number;
}

export interface Difference {
  readonly tag: string;
  readonly keyword: string | null;
  readonly first: string | null;
  readonly other: string | null;
  readonly instances: number;
}

/** One case with both versions. */
export interface QuarantineCase {
  readonly caseId: string;
  readonly reason: Reason;
  readonly state: CaseState;
  readonly hospital: string;
  readonly instances: number;
  readonly version: number;
  readonly openedAt: string;
  readonly study: {
    readonly hospital: string;
    readonly patientName: string;
    readonly patientId: string;
    readonly studyDate: string;
    readonly description: string;
    readonly modalities: readonly string[];
    /** Its texts were read in another character set than declared. */
    readonly charsetGuessed: boolean;
  };
  readonly series: { readonly seriesNumber: string; readonly description: string; readonly instances: number };
  readonly first: Side | null;
  readonly other: Side | null;
  readonly compared: readonly ComparedInstance[];
  readonly differences: readonly Difference[];
  readonly decisions: readonly CaseDecision[];
}

/** What the compared instances' pixels say together: one that differs is told of before all that do not. */
export function pixelsOf(compared: readonly ComparedInstance[]): Pixels {
  const found = (['differ', 'not-compared', 'equal'] as const).find((kind) =>
    compared.some(({ pixels }) => pixels === kind),
  );
  return found ?? 'no-pixels';
}

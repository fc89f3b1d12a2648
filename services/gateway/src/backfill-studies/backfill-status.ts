export const STUDY_STATES = ['waiting', 'moving', 'moved', 'there', 'failed'] as const;
export type BackfillState = (typeof STUDY_STATES)[number];

export interface BackfillCounts {
  readonly days: number;
  readonly incompleteDays: number;
  readonly studies: Readonly<Record<BackfillState, number>>;
  readonly movedInstances: number;
}

export interface BackfillStatus extends BackfillCounts {
  readonly pacs: string;
  readonly isPaused: boolean;
  readonly daysLeft: number;
  /** Hours until everything is at the province, at the speed of the last 24 hours; null when nothing moved in them. */
  readonly hoursLeft: number | null;
  readonly failed: readonly { readonly studyInstanceUid: string; readonly problem: string }[];
}

/** Null when the hospital's file has no backfill. */
export interface ShownBackfill {
  readonly backfill: BackfillStatus | null;
}

export const BACKFILL_CHANGES = ['pause', 'go-on', 'try-again'] as const;
export type BackfillChange = (typeof BACKFILL_CHANGES)[number];

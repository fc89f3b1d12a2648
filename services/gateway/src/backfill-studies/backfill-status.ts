import type { DayWindow } from '../domain/backfill-plan.js';

export const STUDY_STATES = ['waiting', 'moving', 'moved', 'there', 'failed'] as const;
export type BackfillState = (typeof STUDY_STATES)[number];

export interface BackfillCounts {
  readonly days: number;
  readonly incompleteDays: number;
  readonly studies: Readonly<Record<BackfillState, number>>;
}

/** `resting`: not at this time of day. `throttled`: the hour has had its studies. `done`: nothing is left but what failed. */
export const STANDINGS = ['running', 'resting', 'throttled', 'paused', 'done'] as const;
export type BackfillStanding = (typeof STANDINGS)[number];

/** When everything will be at the province at the pace of the last hours of work, the hours of rest included. */
export interface BackfillEstimate {
  readonly minutesLeft: number;
  /** A UTC instant. */
  readonly endsAt: string;
}

export interface BackfillStatus extends BackfillCounts {
  readonly pacs: string;
  readonly standing: BackfillStanding;
  readonly percent: number;
  readonly daysLeft: number;
  /** What its associations brought since it began, and the speed of the last minute. */
  readonly received: { readonly instances: number; readonly bytes: number; readonly bytesPerSecond: number };
  /** Null while it is paused or done, before a few studies have moved, and when the hours never let all through. */
  readonly estimate: BackfillEstimate | null;
  /** Its hours, in minutes of the hospital's day. */
  readonly windows: readonly DayWindow[];
  readonly failed: readonly { readonly studyInstanceUid: string; readonly problem: string }[];
}

/** Null when the hospital's file has no backfill. */
export interface ShownBackfill {
  readonly backfill: BackfillStatus | null;
}

export const BACKFILL_CHANGES = ['pause', 'go-on', 'try-again'] as const;
export type BackfillChange = (typeof BACKFILL_CHANGES)[number];

import type { GapCode } from '@yinglian/contracts';

export const PROGRESS = ['asked', 'coming', 'arrived', 'not-found', 'pacs-away', 'failed', 'expired'] as const;
export type RequestProgress = (typeof PROGRESS)[number];

/** A study that a hospital's gateway was asked to fetch from its PACS, as study-registry shows it. */
export interface StudyRequest {
  readonly requestId: string;
  readonly hospital: string;
  readonly studyInstanceUid: string | null;
  readonly accessionNumber: string | null;
  readonly progress: RequestProgress;
  /** What the gateway says of a failure; empty otherwise. */
  readonly reason: string;
  /** Registered of what was asked for. */
  readonly instances: number;
  readonly requestedAt: string;
}

export type WantedStudy = { readonly studyInstanceUid: string } | { readonly accessionNumber: string };

/** Gaps whose images may still lie in the PACS; those of others are at the gateway already, or at the province. */
const FETCHABLE: readonly GapCode[] = [
  'PERFORMED_WITHOUT_IMAGES',
  'INSTANCES_MISSING',
  'INSTANCES_DIFFER',
  'NOT_REGISTERED',
  'PACK_REFUSED',
];

export const isFetchable = (code: GapCode): boolean => FETCHABLE.includes(code);

/** It will change by itself. */
export const isUnderWay = ({ progress }: Pick<StudyRequest, 'progress'>): boolean =>
  progress === 'asked' || progress === 'coming';

/** The newest of a study; requests are listed newest first. */
export const requestOf = (requests: readonly StudyRequest[], studyInstanceUid: string): StudyRequest | undefined =>
  requests.find((request) => request.studyInstanceUid === studyInstanceUid);

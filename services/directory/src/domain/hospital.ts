import type { HospitalLevel, HospitalPixels, UploadDeadline } from '@yinglian/contracts';
import { creditCodeChecks } from './credit-code.js';

export interface Department {
  readonly code: string;
  readonly name: string;
  /** The account of who answers for it. */
  readonly head: string | null;
  readonly version: number;
}

export interface Hospital {
  readonly code: string;
  readonly name: string;
  readonly level: HospitalLevel;
  readonly creditCode: string | null;
  /** Its gateway's own AE title. */
  readonly aeTitle: string;
  /** Who may send to its gateway. */
  readonly callingAeTitles: readonly string[];
  readonly pixels: HospitalPixels;
  /** Its gateway takes nothing new; what it has already received still arrives. */
  readonly suspended: boolean;
  readonly version: number;
  readonly changedAt: Date;
}

const AE_TITLE_LENGTH = 16;

/** `<code>GW`; a long code is cut so that it fits an AE title (PS3.5 section 6.2). */
export const gatewayAeTitle = (code: string) => `${code.slice(0, AE_TITLE_LENGTH - 2)}GW`;

/** What anybody who signed in may know of a hospital. */
export const inShort = ({ code, name, level }: Hospital) => ({ code, name, level });

/** All of a hospital, for administrators. `warnings` says what is odd but accepted. */
export const inFull = ({ changedAt, ...hospital }: Hospital) => ({
  ...hospital,
  warnings:
    hospital.creditCode === null || creditCodeChecks(hospital.creditCode) ? [] : ['CREDIT_CODE_CHECK_FAILED' as const],
  changedAt: changedAt.toISOString(),
});

/** Who a gateway is, who may send to it, whether its pixels stay with it, and until when the province is to have exams, as it polls for it. */
export const gatewayConfiguration = (hospital: Hospital, deadlines: readonly UploadDeadline[]) => ({
  hospital: hospital.code,
  name: hospital.name,
  aeTitle: hospital.aeTitle,
  callingAeTitles: hospital.suspended ? [] : hospital.callingAeTitles,
  pixels: hospital.pixels,
  uploadDeadlines: deadlines.map(({ priority, validFrom, minutes }) => ({ priority, validFrom, minutes })),
  version: hospital.version,
});

/** Whether other services are to hear of the change: of what `hospital.changed.v1` tells. */
export const concernsOthers = (before: Hospital, after: Hospital) =>
  before.name !== after.name ||
  before.level !== after.level ||
  before.aeTitle !== after.aeTitle ||
  before.callingAeTitles.join('\\') !== after.callingAeTitles.join('\\');

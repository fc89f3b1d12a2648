import type { ExamPriority, ExamState, GapCode, UploadDeadline } from '@yinglian/contracts';
import { deadlineOf, type Standing, standingOf } from './upload-deadlines.js';

/** What messages and performed procedure steps say of an exam. Times are instants. */
export interface ExamFacts {
  readonly priority: ExamPriority;
  readonly orderedAt: Date | null;
  readonly performedAt: Date | null;
  readonly cancelledAt: Date | null;
}

/** How far the images of one study have come at this gateway, and what the registry says of it. */
export interface StudyProgress {
  readonly firstAt: Date;
  /** When the gateway held it for complete, and whether somebody says that instances are missing. */
  readonly completeAt: Date | null;
  readonly received: number;
  readonly missing: number;
  /** Instances that have not been handed over. */
  readonly waiting: number;
  readonly handedOverAt: Date | null;
  readonly refused: number;
  readonly quarantined: number;
  /** Instances under whose UIDs the registry has something else than was sent, or nothing. */
  readonly differing: number;
  /** Distinct instances that the registry has, when it was asked. */
  readonly registered: number | null;
  readonly registeredAt: Date | null;
}

/** What keeps packs from leaving, if anything does. */
export type LinkState = 'open' | 'away' | 'credential-refused';

export interface ExamProgress {
  readonly state: ExamState;
  readonly performedAt: Date | null;
  readonly deadlineAt: Date | null;
  readonly registeredAt: Date | null;
  readonly standing: Standing | null;
  readonly gap: GapCode | null;
}

export interface Circumstances {
  readonly now: Date;
  readonly link: LinkState;
  readonly deadlines: readonly UploadDeadline[];
  /** The calendar day of an instant where the hospital is. */
  dayOf(instant: Date): string;
}

/** How far an exam has come with all of its studies, how it stands by its deadline, and what is in the way. */
export function progressOf(exam: ExamFacts, studies: readonly StudyProgress[], at: Circumstances): ExamProgress {
  const performedAt = exam.performedAt ?? earliest(studies.map(({ firstAt }) => firstAt));
  if (performedAt === null || (exam.cancelledAt !== null && studies.length === 0)) {
    const state = exam.cancelledAt === null ? 'ordered' : 'cancelled';
    return { state, performedAt: null, deadlineAt: null, registeredAt: null, standing: null, gap: null };
  }
  const state = stateOf(studies);
  const registeredAt = state === 'registered' ? latest(studies.map((study) => study.registeredAt)) : null;
  const deadlineAt = deadlineOf(exam.priority, performedAt, at.dayOf(performedAt), at.deadlines);
  const standing = standingOf(deadlineAt, registeredAt, at.now);
  return { state, performedAt, deadlineAt, registeredAt, standing, gap: gapOf(studies, state, standing, at.link) };
}

/** The study that is behind decides; an exam that was performed and has no study is where it was. */
function stateOf(studies: readonly StudyProgress[]): 'performed' | 'received' | 'uploaded' | 'registered' {
  if (studies.length === 0 || studies.some(({ completeAt }) => completeAt === null)) return 'performed';
  if (studies.some(({ waiting, refused }) => waiting > 0 || refused > 0)) return 'received';
  return studies.every(isRegistered) ? 'registered' : 'uploaded';
}

export const isRegistered = ({ registered, received, quarantined, differing }: StudyProgress) =>
  registered !== null && registered >= received && quarantined === 0 && differing === 0;

/** What somebody has to see to, first; what only takes its time is a gap when it is overdue. */
function gapOf(
  studies: readonly StudyProgress[],
  state: ExamState,
  standing: Standing,
  link: LinkState,
): GapCode | null {
  const lasting = studies.map(studyGap).find((gap) => gap !== null);
  if (lasting !== undefined) return lasting;
  if (standing === 'late') return 'LATE';
  if (standing !== 'overdue') return null;
  if (studies.length === 0) return 'PERFORMED_WITHOUT_IMAGES';
  if (state === 'uploaded') return 'NOT_REGISTERED';
  if (link === 'away') return 'PROVINCE_AWAY';
  return link === 'credential-refused' ? 'CREDENTIAL_REFUSED' : 'UPLOAD_WAITING';
}

/** Time does not mend these. */
export function studyGap(study: StudyProgress): GapCode | null {
  if (study.refused > 0) return 'PACK_REFUSED';
  if (study.quarantined > 0) return 'QUARANTINED';
  if (study.differing > 0) return 'INSTANCES_DIFFER';
  if (study.completeAt !== null && study.missing > 0) return 'INSTANCES_MISSING';
  const { registered, received, waiting } = study;
  return registered !== null && registered < received && waiting === 0 ? 'NOT_REGISTERED' : null;
}

const earliest = (instants: readonly Date[]) =>
  instants.reduce<Date | null>((first, each) => (first === null || each < first ? each : first), null);
const latest = (instants: readonly (Date | null)[]) =>
  instants.reduce((last, each) => (last === null || (each !== null && each > last) ? each : last), null);

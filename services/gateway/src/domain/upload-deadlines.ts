import type { ExamPriority, UploadDeadline } from '@yinglian/contracts';

/** What holds where the province has said nothing: an hour for urgent exams, a day for others. */
const PRESET_MINUTES: Readonly<Record<ExamPriority, number>> = { urgent: 60, routine: 24 * 60 };

/** Until when the province is to have an exam that was performed then, by what was valid on that day where the hospital is. */
export function deadlineOf(
  priority: ExamPriority,
  performedAt: Date,
  performedOn: string,
  deadlines: readonly UploadDeadline[],
): Date {
  const [valid] = deadlines
    .filter((deadline) => deadline.priority === priority && deadline.validFrom <= performedOn)
    .sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  return new Date(performedAt.getTime() + (valid?.minutes ?? PRESET_MINUTES[priority]) * 60_000);
}

export type Standing = 'met' | 'late' | 'due' | 'overdue';

/** How an exam stands by its deadline; exactly at the deadline it is met. */
export function standingOf(deadline: Date, registeredAt: Date | null, now: Date): Standing {
  if (registeredAt !== null) return registeredAt <= deadline ? 'met' : 'late';
  return now <= deadline ? 'due' : 'overdue';
}

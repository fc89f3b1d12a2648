import type { BreakGlassKind } from '@yinglian/contracts';

export type NoticeKind = 'break-glass.opened' | 'break-glass.ended' | 'break-glass.overdue';

/** What the reader is to hear of. It names the patient by the province's identifier alone. */
export interface Notice {
  readonly noticeId: string;
  readonly kind: NoticeKind;
  readonly sentAt: string;
  /** Null while the reader has not read it. */
  readonly readAt: string | null;
  readonly about: {
    readonly breakGlassId: string;
    readonly personId: string;
    readonly kind: BreakGlassKind;
    readonly actor: { readonly displayName: string; readonly hospital: string; readonly department: string | null };
    readonly openedAt: string;
    readonly closedAt: string | null;
  };
}

/** Where its sentence is among the messages. */
export const SENTENCES = {
  'break-glass.opened': 'notices.opened',
  'break-glass.ended': 'notices.ended',
  'break-glass.overdue': 'notices.overdue',
} as const satisfies Record<NoticeKind, string>;

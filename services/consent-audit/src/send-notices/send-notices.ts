import { randomUUID } from 'node:crypto';
import type { Role } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import type { BrokenGlass } from '../storage/break-glass.store.js';
import { insertNotice, type RecipientRole, worksAt } from '../storage/notice.store.js';

type Glass = Pick<BrokenGlass, 'breakGlassId' | 'personId' | 'hospital' | 'openedAt'>;

/** Those of a role at the hospital; of the commission where the hospital has none. */
async function atHospital(tx: Sql, toRole: Role, hospital: string): Promise<RecipientRole> {
  return { toRole, toHospital: (await worksAt(tx, toRole, hospital)) ? hospital : null };
}

/** At once, with what opens it: to who answers for the opener, and to the auditors. */
export async function noticeOfOpening(tx: Sql, { breakGlassId, hospital, openedAt }: Glass): Promise<void> {
  const recipients = [await atHospital(tx, 'administrator', hospital), await atHospital(tx, 'auditor', hospital)];
  for (const to of recipients) {
    await insertNotice(tx, { noticeId: randomUUID(), kind: 'break-glass.opened', breakGlassId, sentAt: openedAt, to });
  }
}

/** To the patient, once it is over. */
export async function noticeOfEnd(
  tx: Sql,
  { breakGlassId, personId, closedAt, expiresAt }: BrokenGlass,
): Promise<void> {
  const sentAt = closedAt ?? expiresAt;
  const to = { toPerson: personId };
  await insertNotice(tx, { noticeId: randomUUID(), kind: 'break-glass.ended', breakGlassId, sentAt, to });
}

/** No verdict in time: to the auditors again, and to the commission's. */
export async function noticeOfOverdue(tx: Sql, { breakGlassId, hospital }: Glass, sentAt: Date): Promise<void> {
  const ofHospital = await atHospital(tx, 'auditor', hospital);
  const ofCommission = { toRole: 'auditor' as const, toHospital: null };
  const recipients = ofHospital.toHospital === null ? [ofCommission] : [ofHospital, ofCommission];
  for (const to of recipients) {
    await insertNotice(tx, { noticeId: randomUUID(), kind: 'break-glass.overdue', breakGlassId, sentAt, to });
  }
}

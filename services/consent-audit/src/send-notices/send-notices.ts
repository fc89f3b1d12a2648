import { randomUUID } from 'node:crypto';
import type { Role } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import type { BrokenGlass } from '../storage/break-glass.store.js';
import { headOf, insertNotice, type Recipient, type RecipientRole, worksAt } from '../storage/notice.store.js';

type Glass = Pick<BrokenGlass, 'breakGlassId' | 'subject' | 'hospital' | 'department' | 'openedAt'>;

/** Those of a role at the hospital; of the commission where the hospital has none. */
async function atHospital(tx: Sql, toRole: Role, hospital: string): Promise<RecipientRole> {
  return { toRole, toHospital: (await worksAt(tx, toRole, hospital)) ? hospital : null };
}

/** Who answers for the opener: the head of the department, else the administrators. Nobody answers for themselves. */
async function superior(tx: Sql, { subject, hospital, department }: Glass): Promise<Recipient> {
  const head = department === null ? undefined : await headOf(tx, hospital, department);
  return head === undefined || head === subject ? atHospital(tx, 'administrator', hospital) : { toSubject: head };
}

/** At once, with what opens it: to who answers for the opener, and to the auditors. */
export async function noticeOfOpening(tx: Sql, glass: Glass): Promise<void> {
  const { breakGlassId, hospital, openedAt } = glass;
  const recipients = [await superior(tx, glass), await atHospital(tx, 'auditor', hospital)];
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

import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { personGroup } from '@yinglian/access';
import { type BreakGlassKind, BreakGlassOpenedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, requireSecondFactor, success } from '@yinglian/platform';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { endOfWorkingDay, localDayOf } from '../domain/working-days.js';
import { type AboutPerson, FindPerson } from '../find-person/find-person.js';
import { noticeOfOpening } from '../send-notices/send-notices.js';
import { insertGlass, lockOpener, type NewGlass, openGlass } from '../storage/break-glass.store.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';
import { breakGlassRule, workCalendar } from '../storage/work-calendar.js';
import { deedOf } from './deed-of.js';

export interface Emergency {
  readonly clinician: PersonPrincipal & { readonly hospital: string };
  readonly about: AboutPerson;
  readonly kind: BreakGlassKind;
  readonly reason: string;
}

export interface OpenedGlass {
  readonly glass: Omit<NewGlass, 'secondFactorAt'>;
  /** False when the account had broken it for this person before, and it has not ended. */
  readonly isNew: boolean;
}

/** A clinician opens one person's studies in an emergency, past what the patient closed (个人信息保护法, article 13(4); ADR 0053). */
@Injectable()
export class BreakGlassHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly findPerson: FindPerson,
  ) {}

  /**
   * Resolves when the event is in the log, so that other services know of it at once (ADR 0006). Failures: SECOND_FACTOR_NEEDED,
   * STUDY_NOT_FOUND.
   */
  async execute({ clinician, about, ...why }: Emergency): Promise<Result<OpenedGlass>> {
    const now = new Date();
    const proved = requireSecondFactor(clinician, now);
    if (!proved.ok) return proved;
    const personId = await this.findPerson.survivor(about);
    if (personId === undefined) return failure(consentAuditProblems.STUDY_NOT_FOUND);
    const { subject, displayName, hospital, department } = clinician;
    const opened = await this.database.transaction(async (tx): Promise<OpenedGlass> => {
      await lockOpener(tx, subject);
      const [known] = await openGlass(tx, subject, now, await personGroup(tx, personId));
      if (known !== undefined) return { glass: known, isNew: false };
      const glass = {
        breakGlassId: randomUUID(),
        personId,
        subject,
        displayName,
        hospital,
        department,
        ...why,
        secondFactorAt: proved.value,
        openedAt: now,
        ...(await this.until(tx, now)),
      };
      await insertGlass(tx, glass);
      await noticeOfOpening(tx, glass);
      await this.outbox.add(tx, BreakGlassOpenedV1, {
        breakGlassId: glass.breakGlassId,
        personId,
        subject,
        hospital,
        department,
        kind: why.kind,
        openedAt: now.toISOString(),
        expiresAt: glass.expiresAt.toISOString(),
      });
      await keepOwnDeed(tx, deedBy(clinician, deedOf('break-glass.open', glass, why.kind), now));
      return { glass, isNew: true };
    });
    await this.outbox.flushed();
    return success(opened);
  }

  openOf({ subject }: PersonPrincipal) {
    return openGlass(this.database, subject, new Date());
  }

  private async until(tx: Sql, now: Date) {
    const today = localDayOf(now);
    const { lastsSeconds, reviewWorkingDays } = await breakGlassRule(tx, today);
    return {
      expiresAt: new Date(now.getTime() + lastsSeconds * 1_000),
      reviewDueAt: endOfWorkingDay(now, reviewWorkingDays, await workCalendar(tx, today)),
    };
  }
}

import { Injectable } from '@nestjs/common';
import { DeedRecordedV1, dutiesAreApart, StaffChangedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { deedBy, failure, platformProblems, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { answersFor, grantsPower, leavesEmpty } from '../domain/duties.js';
import { concernsOthers, positionIsPossible, type Staff } from '../domain/staff.js';
import { SessionEnder } from '../keep-sessions/session-ender.js';
import { deleteRecordsOfAccount } from '../storage/provider-record.store.js';
import { lockOffices, staffToChange, updateStaff } from '../storage/staff.store.js';
import type { ActingPerson } from './acting-person.js';
import type { StaffChange } from './staff-input.js';
import { deedOn, LAST_OF_OFFICE, refusedProblem, staffEvent } from './staff-outcome.js';

/**
 * Changes what is named, if nobody else changed the account since it was read. What takes something away works at once; what
 * gives more is proposed (propose-roles/). Who may no longer enter is signed out.
 */
@Injectable()
export class ChangeStaffHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly ender: SessionEnder,
  ) {}

  async execute(username: string, change: StaffChange, acting: ActingPerson, now: Date): Promise<Result<Staff>> {
    try {
      return await this.database.transaction((tx) => this.change(tx, username, change, acting, now));
    } catch (error) {
      const problem = refusedProblem(error);
      if (problem === undefined) throw error;
      return failure(problem);
    }
  }

  private async change(
    tx: Sql,
    username: string,
    { version, ...change }: StaffChange,
    acting: ActingPerson,
    now: Date,
  ) {
    // Offices are locked before the account, always in one order, so that two who remove each other both wait.
    const officers = await lockOffices(tx, username);
    const before = await staffToChange(tx, username);
    if (before === undefined || !answersFor(acting, before.hospital)) return failure(directoryProblems.STAFF_NOT_FOUND);
    if (!acting.roles.includes('administrator') && !takesAwayOnly(change)) {
      return failure(platformProblems.ROLE_NOT_ALLOWED);
    }
    if (before.version !== version) return failure(directoryProblems.VERSION_CONFLICT);
    const after: Staff = { ...before, ...change, version: version + 1, changedAt: now };
    if (after.active && !dutiesAreApart(after.roles)) return failure(directoryProblems.DUTIES_NOT_APART);
    if (!positionIsPossible(after)) return failure(directoryProblems.STAFF_ROLES_INVALID);
    if (grantsPower(before, after)) return failure(directoryProblems.SECOND_PERSON_NEEDED);
    const empty = leavesEmpty(before, after, officers);
    if (empty !== undefined) return failure(LAST_OF_OFFICE[empty]);
    await updateStaff(tx, after, acting.by);
    if (concernsOthers(before, after)) await this.outbox.add(tx, StaffChangedV1, staffEvent(after));
    const deed = { ...deedOn(after, 'staff.change'), changed: Object.keys(change) };
    await this.outbox.add(tx, DeedRecordedV1, deedBy(acting.person, deed, now));
    if (!after.active) {
      await this.ender.end(tx, username, { except: null }, { ...acting, code: 'ACCOUNT_CLOSED' }, now);
      await deleteRecordsOfAccount(tx, username);
    }
    return success(after);
  }
}

/** Names and workplaces are the administrator's. */
const takesAwayOnly = (change: Omit<StaffChange, 'version'>) =>
  Object.keys(change).every((name) => name === 'roles' || name === 'active');

import { Injectable } from '@nestjs/common';
import { DeedRecordedV1, dutiesAreApart, StaffChangedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { type Doer, deedBy, failure, isPerson, type Principal, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { answersFor, grantsPower } from '../domain/duties.js';
import type { RoleProposal } from '../domain/role-proposal.js';
import { positionIsPossible, type Staff } from '../domain/staff.js';
import { proposePosition } from '../propose-roles/propose-position.js';
import { hashPassword, newPassword } from '../sign-in/passwords.js';
import { insertStaff } from '../storage/staff.store.js';
import type { ActingPerson } from './acting-person.js';
import type { NewStaff, SeededStaff } from './staff-input.js';
import { deedOn, refusedProblem, staffEvent } from './staff-outcome.js';

export interface AddedStaff {
  readonly staff: Staff;
  /** Shown once: only its hash is kept. */
  readonly initialPassword: string;
  /** What a second person has to approve before the account can act. */
  readonly proposal: RoleProposal | null;
}

/** Adds an account, with a made password when none is given. */
@Injectable()
export class AddStaffHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** As the installer of a province wants it: its roles stand at once, and the others are told. */
  seed({ password, ...input }: SeededStaff, now: Date): Promise<Result<AddedStaff>> {
    return this.addAtOnce({ ...input, active: true, version: 1, changedAt: now }, password, null);
  }

  /** An account of a patient, by a clerk at the counter: it stands for nobody until it is linked. */
  addPatient(account: Pick<Staff, 'username' | 'displayName'>, by: Doer, now: Date): Promise<Result<AddedStaff>> {
    const nowhere = { hospital: null, department: null, active: true, version: 1, changedAt: now };
    return this.addAtOnce({ ...account, roles: ['patient'], ...nowhere }, undefined, by);
  }

  /** As an administrator wants it: without roles, until somebody else approves them. A patient's account stands at once. */
  async execute({ password, reason, ...input }: NewStaff, acting: ActingPerson, now: Date) {
    if (!answersFor(acting, input.hospital)) return failure(directoryProblems.OF_ANOTHER_HOSPITAL);
    const wanted: Staff = { ...input, active: true, version: 1, changedAt: now };
    const empty: Staff = { ...wanted, roles: [] };
    if (!grantsPower(empty, wanted)) return this.addAtOnce(wanted, password, acting.person);
    if (reason === undefined) return failure(directoryProblems.REASON_NEEDED);
    return this.add(wanted, password, async (tx, passwordHash) => {
      await insertStaff(tx, empty, passwordHash, acting.by);
      await this.outbox.add(tx, DeedRecordedV1, deedBy(acting.person, deedOn(empty, 'staff.add'), now));
      return proposePosition(tx, this.outbox, empty, { ...input, reason }, acting, now);
    });
  }

  private addAtOnce(staff: Staff, password: string | undefined, by: Doer): Promise<Result<AddedStaff>> {
    return this.add(staff, password, async (tx, passwordHash) => {
      await insertStaff(tx, staff, passwordHash, by === null ? null : accountOf(by));
      await this.outbox.add(tx, StaffChangedV1, staffEvent(staff));
      await this.outbox.add(tx, DeedRecordedV1, deedBy(by, deedOn(staff, 'staff.add'), staff.changedAt));
      return null;
    });
  }

  private async add(
    wanted: Staff,
    password: string | undefined,
    work: (tx: Sql, passwordHash: string) => Promise<RoleProposal | null>,
  ): Promise<Result<AddedStaff>> {
    if (!dutiesAreApart(wanted.roles)) return failure(directoryProblems.DUTIES_NOT_APART);
    if (!positionIsPossible(wanted)) return failure(directoryProblems.STAFF_ROLES_INVALID);
    const initialPassword = password ?? newPassword();
    const passwordHash = await hashPassword(initialPassword);
    try {
      const proposal = await this.database.transaction((tx) => work(tx, passwordHash));
      return success({
        staff: proposal === null ? wanted : { ...wanted, roles: [] },
        initialPassword,
        proposal,
      });
    } catch (error) {
      const problem = refusedProblem(error);
      if (problem === undefined) throw error;
      return failure(problem);
    }
  }
}

const accountOf = (by: Principal) => (isPerson(by) ? by.subject : by.clientId);

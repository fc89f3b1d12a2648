import { randomInt } from 'node:crypto';
import { Controller, Header, Post } from '@nestjs/common';
import { Outbox } from '@yinglian/messaging';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { AddStaffHandler } from '../manage-staff/add-staff.handler.js';

/** Nothing of the patient is in it; which person it stands for is kept by consent-audit (ADR 0056). */
const newAccountName = () => `p.${String(randomInt(10_000_000_000)).padStart(10, '0')}`;
const DISPLAY_NAME = '患者';
const FLUSH_TIMEOUT_MS = 2_000;

/** A clerk hands an account over at the counter: stewards make those of patients, and of nobody else. */
@Controller('api/directory/patient-accounts')
@Allow({ roles: ['steward'] })
export class PatientAccountsController {
  constructor(
    private readonly addStaff: AddStaffHandler,
    private readonly outbox: Outbox,
  ) {}

  /** It stands for nobody until it is linked. The password is shown once. */
  @Post()
  @Header('cache-control', 'no-store')
  async open(@Caller() caller: Principal) {
    const account = { username: newAccountName(), displayName: DISPLAY_NAME };
    const added = await this.addStaff.addPatient(account, caller, new Date());
    const { staff, initialPassword } = unwrap(added);
    // It is linked at once, by who has to know of it (ADR 0006).
    await this.outbox.flushed(FLUSH_TIMEOUT_MS);
    return { account: staff.username, initialPassword };
  }
}

import { Controller, Get } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, isPerson, type Principal, success, unwrap } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { inShort } from '../domain/hospital.js';
import { findDepartment } from '../storage/department.store.js';
import { findHospital } from '../storage/hospital.store.js';
import { findStaff } from '../storage/staff.store.js';

@Controller('api/directory/me')
export class WhoAmIController {
  constructor(private readonly database: Database) {}

  /** The caller's own account as it is now; their token may be older. */
  @Get()
  @Allow({ roles: Role.options })
  async read(@Caller() caller: Principal) {
    const found = isPerson(caller) ? await findStaff(this.database, caller.subject) : undefined;
    const staff = unwrap(found ? success(found) : failure(directoryProblems.STAFF_NOT_FOUND));
    const { username, displayName, roles, hospital, department } = staff;
    const workplace = hospital === null ? undefined : await findHospital(this.database, hospital);
    const unit =
      hospital === null || department === null ? undefined : await findDepartment(this.database, hospital, department);
    return {
      subject: username,
      displayName,
      roles,
      hospital: workplace === undefined ? null : inShort(workplace),
      department: unit === undefined ? null : { code: unit.code, name: unit.name },
    };
  }
}

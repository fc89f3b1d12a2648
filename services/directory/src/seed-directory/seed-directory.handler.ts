import { readFile } from 'node:fs/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DirectorySeed, type WorkstationSeed } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { unwrap } from '@yinglian/platform';
import { hashClientSecret } from '../manage-clients/client-secret.js';
import { AddHospitalHandler } from '../manage-hospitals/add-hospital.handler.js';
import { AddStaffHandler } from '../manage-staff/add-staff.handler.js';
import { AddWorkstationHandler } from '../manage-workstations/add-workstation.handler.js';
import { findDepartment, insertDepartment } from '../storage/department.store.js';
import { findHospital } from '../storage/hospital.store.js';
import { findClient, insertClient } from '../storage/service-client.store.js';
import { findStaff } from '../storage/staff.store.js';
import { workstationWasKnown } from '../storage/workstation.store.js';

export const SEED_FILE = Symbol('seed file');

/** Nobody who signed in: what is recorded of it says so. */
const BY_THE_PROVINCE = null;

/** Adds what the seed names and the directory does not have; what is there stays as people made it. */
@Injectable()
export class SeedDirectoryHandler implements OnApplicationBootstrap {
  private readonly logger = new Logger(SeedDirectoryHandler.name);

  constructor(
    @Inject(SEED_FILE) private readonly file: string | undefined,
    private readonly database: Database,
    private readonly addHospital: AddHospitalHandler,
    private readonly addStaff: AddStaffHandler,
    private readonly addWorkstation: AddWorkstationHandler,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.file === undefined) return;
    const parsed = DirectorySeed.safeParse(JSON.parse(await readFile(this.file, 'utf8')));
    if (!parsed.success) {
      const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw new Error(`The directory cannot start, its SEED_FILE is wrong: ${wrong.join('; ')}`);
    }
    await this.execute(parsed.data, new Date());
  }

  async execute(seed: DirectorySeed, now: Date): Promise<void> {
    for (const { departments, ...hospital } of seed.hospitals) {
      if ((await findHospital(this.database, hospital.code)) === undefined) {
        unwrap(await this.addHospital.execute(hospital, BY_THE_PROVINCE, now));
      }
      for (const department of departments) {
        if ((await findDepartment(this.database, hospital.code, department.code)) !== undefined) continue;
        await insertDepartment(this.database, hospital.code, department);
      }
    }
    const absent = await Promise.all(
      seed.staff.map(async (staff) => ((await findStaff(this.database, staff.username)) === undefined ? [staff] : [])),
    );
    // Their passwords are hashed side by side: that is most of a first start.
    await Promise.all(absent.flat().map(async (staff) => unwrap(await this.addStaff.seed(staff, now))));
    for (const { clientSecret, scope, ...client } of seed.clients) {
      if ((await findClient(this.database, client.clientId)) !== undefined) continue;
      await insertClient(this.database, { ...client, scopes: scope }, { secretHash: hashClientSecret(clientSecret) });
    }
    for (const workstation of seed.workstations) await this.seedWorkstation(workstation, now);
  }

  /** One that was removed stays removed. One of a hospital that is not there yet waits for a later start. */
  private async seedWorkstation({ hospital, ...workstation }: WorkstationSeed, now: Date): Promise<void> {
    if (await workstationWasKnown(this.database, workstation.aeTitle)) return;
    const added = await this.addWorkstation.execute(hospital, workstation, BY_THE_PROVINCE, now);
    if (!added.ok) this.logger.warn(`Workstation ${workstation.aeTitle} is not taken in: ${added.problem.code}`);
  }
}

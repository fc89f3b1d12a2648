import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { ManageHospitalsHandler } from '../manage-hospitals/manage-hospitals.handler.js';
import { ManageStaffHandler } from '../manage-staff/manage-staff.handler.js';
import { clientById, putClient } from '../storage/client.store.js';
import { hospitalByCode } from '../storage/hospital.store.js';
import { staffForSignIn } from '../storage/staff.store.js';
import { DirectorySeed } from './seed.js';

export const SEED_FILE = Symbol('path of the seed file');

/** Adds what the seed names and the directory does not have; it never overwrites. */
@Injectable()
export class ApplySeedHandler implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly hospitals: ManageHospitalsHandler,
    private readonly staff: ManageStaffHandler,
    @Inject(SEED_FILE) private readonly seedFile: string | undefined,
  ) {}

  async onModuleInit(): Promise<void> {
    if (this.seedFile === undefined) return;
    await this.apply(DirectorySeed.parse(JSON.parse(await readFile(this.seedFile, 'utf8'))));
  }

  private async apply(seed: DirectorySeed): Promise<void> {
    for (const hospital of seed.hospitals) {
      if ((await hospitalByCode(this.database, hospital.code)) === undefined) await this.hospitals.add(hospital);
    }
    for (const { department = null, ...member } of seed.staff) {
      if ((await staffForSignIn(this.database, member.username)) === undefined)
        await this.staff.add({ ...member, department });
    }
    for (const { clientId, clientSecret, scope, hospital } of seed.clients) {
      if ((await clientById(this.database, clientId)) !== undefined) continue;
      const secretSha256 = createHash('sha256').update(clientSecret).digest('hex');
      await putClient(this.database, { clientId, secretSha256, scopes: [scope], hospital });
    }
  }
}

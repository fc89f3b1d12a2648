import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { personsOfAccount } from '../storage/account-link.store.js';

/** Which person of the province an account belongs to. */
export interface PersonOfAccount {
  /** Null while that is not known: accounts of staff are linked to nobody yet. */
  personOf(subject: string): Promise<string | null>;
}

export const PERSON_OF_ACCOUNT = Symbol('which person an account belongs to');

@Injectable()
export class LinkedPerson implements PersonOfAccount {
  constructor(private readonly database: Database) {}

  async personOf(subject: string): Promise<string | null> {
    const [person] = await personsOfAccount(this.database, subject, new Date());
    return person ?? null;
  }
}

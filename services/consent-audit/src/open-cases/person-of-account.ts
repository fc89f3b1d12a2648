import { Injectable } from '@nestjs/common';

/** Which person of the province an account belongs to. */
export interface PersonOfAccount {
  /** Null while that is not known. */
  personOf(subject: string): Promise<string | null>;
}

export const PERSON_OF_ACCOUNT = Symbol('which person an account belongs to');

/** Until accounts of patients are linked to persons. */
@Injectable()
export class NoAccountIsLinked implements PersonOfAccount {
  async personOf(): Promise<null> {
    return null;
  }
}

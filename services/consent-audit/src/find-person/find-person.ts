import { Injectable } from '@nestjs/common';
import { survivorOf } from '@yinglian/access';
import { ConsumerProgress } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { personOfStudy } from '../storage/person-of-study.js';

/** Whom a clinician asks about: by the province's identifier, or by one of their studies. */
export type AboutPerson = { readonly personId: string } | { readonly studyInstanceUid: string };

const CATCH_UP_TIMEOUT_MS = 1_500;

@Injectable()
export class FindPerson {
  constructor(
    private readonly database: Database,
    private readonly progress: ConsumerProgress,
  ) {}

  /** The survivor of those who are one with the person (ADR 0026); undefined when there is no such study. */
  async survivor(about: AboutPerson): Promise<string | undefined> {
    const personId = 'personId' in about ? about.personId : await this.ofStudy(about.studyInstanceUid);
    return personId === undefined ? undefined : survivorOf(this.database, personId);
  }

  /** A study that is not known yet may be on its way. */
  private async ofStudy(studyInstanceUid: string): Promise<string | undefined> {
    const known = await personOfStudy(this.database, studyInstanceUid);
    if (known !== undefined) return known;
    await this.progress.caughtUp(['hospital', 'studies', 'persons'], CATCH_UP_TIMEOUT_MS).catch(() => false);
    return personOfStudy(this.database, studyInstanceUid);
  }
}

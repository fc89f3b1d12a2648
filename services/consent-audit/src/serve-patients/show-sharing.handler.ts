import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, personGroup } from '@yinglian/access';
import { ConsumerProgress } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { consentsOf } from '../storage/consent.store.js';
import { type PatientsStudy, studiesOfPersons } from '../storage/person-of-study.js';

export interface SharingOf extends PatientsStudy {
  /** To all hospitals but the one that made it, and those that are named. */
  readonly closed: boolean;
  /** Hospitals that differ from that. */
  readonly except: readonly string[];
}

/** Stands for what has not been made yet. */
const WHATEVER: PatientsStudy = { studyInstanceUid: '', hospital: '', studyDate: null, modality: null };
const CATCH_UP_TIMEOUT_MS = 1_500;

/** What is closed to whom, as the decisions go: by the same rule, of the same facts. */
@Injectable()
export class ShowSharingHandler {
  constructor(
    private readonly database: Database,
    private readonly access: AccessDecisionPoint,
    private readonly progress: ConsumerProgress,
  ) {}

  /** Of all in general, and of each study. */
  async execute(personId: string): Promise<{ all: SharingOf; studies: SharingOf[] }> {
    // Whoever has just said something sees it.
    await this.progress.caughtUp(['consents'], CATCH_UP_TIMEOUT_MS).catch(() => false);
    const group = await personGroup(this.database, personId);
    const [studies, consents] = await Promise.all([
      studiesOfPersons(this.database, group),
      consentsOf(this.database, group),
    ]);
    const named = new Set(
      consents.flatMap(({ receiver, endedAt }) => (endedAt === null && receiver !== null ? receiver : [])),
    );
    const asked = [WHATEVER, ...studies].map(({ studyInstanceUid, hospital }) => ({
      studyInstanceUid,
      ownerHospital: hospital,
      personId,
    }));
    const closed = await this.access.closed(asked, null);
    const closedTo = new Map<string, ReadonlySet<string>>();
    for (const hospital of [...named].sort()) closedTo.set(hospital, await this.access.closed(asked, hospital));
    const sharingOf = (study: PatientsStudy): SharingOf => {
      const { studyInstanceUid } = study;
      const isClosed = closed.has(studyInstanceUid);
      const differing = [...closedTo].filter(([, shut]) => shut.has(studyInstanceUid) !== isClosed);
      return { ...study, closed: isClosed, except: differing.map(([name]) => name) };
    };
    return { all: sharingOf(WHATEVER), studies: studies.map(sharingOf) };
  }
}

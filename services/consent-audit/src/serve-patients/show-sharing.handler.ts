import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, personGroup } from '@yinglian/access';
import { ConsumerProgress } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { localDayOf } from '../domain/working-days.js';
import { consentsOf } from '../storage/consent.store.js';
import { type PatientsStudy, studiesOfPersons } from '../storage/person-of-study.js';

export interface SharingOf extends PatientsStudy {
  /** To all hospitals but the one that made it, and those that are named. */
  readonly closed: boolean;
  /** The last day of what is open, YYYY-MM-DD in China; null: no end. */
  readonly until: string | null;
  /** Hospitals that differ from that. */
  readonly except: readonly SharingWith[];
}

export interface SharingWith {
  readonly hospital: string;
  readonly until: string | null;
}

interface Shared {
  readonly closed: ReadonlySet<string>;
  readonly closings: ReadonlyMap<string, Date>;
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
    const sharing = async (hospital: string | null): Promise<Shared> => ({
      closed: await this.access.closed(asked, hospital),
      closings: await this.access.closings(asked, hospital),
    });
    const general = await sharing(null);
    const ofNamed = new Map<string, Shared>();
    for (const hospital of [...named].sort()) ofNamed.set(hospital, await sharing(hospital));
    const sharingOf = (study: PatientsStudy): SharingOf => {
      const { studyInstanceUid } = study;
      const closed = general.closed.has(studyInstanceUid);
      const differing = [...ofNamed].filter(([, its]) => its.closed.has(studyInstanceUid) !== closed);
      const except = differing.map(([hospital, its]) => ({ hospital, until: lastDay(its, studyInstanceUid) }));
      return { ...study, closed, until: lastDay(general, studyInstanceUid), except };
    };
    return { all: sharingOf(WHATEVER), studies: studies.map(sharingOf) };
  }
}

function lastDay({ closings }: Shared, studyInstanceUid: string): string | null {
  const closing = closings.get(studyInstanceUid);
  return closing === undefined ? null : localDayOf(new Date(closing.getTime() - 1));
}

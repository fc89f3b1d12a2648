import { Logger } from '@nestjs/common';
import { parseHeader, type ScannedInstance, summarise } from '@yinglian/dicom';
import { FollowedStudy, StudyFact } from '../domain/followed-study.js';
import { placesOf } from '../domain/spooled-packs.js';
import { patientObserved, studyArriving } from '../domain/study-events.js';
import type { StoredInstance } from '../storage/segment.js';
import type { StudyJournals } from '../storage/study-journal.store.js';
import type { StudyTeller } from './study-teller.js';

export interface FollowOptions {
  readonly hospital: string;
  readonly quietAfterReleaseMs: number;
  readonly quietMs: number;
}

interface Followed {
  readonly study: FollowedStudy;
  /** What the journal knows was taken over. */
  readonly loaded: Promise<void>;
  timer: NodeJS.Timeout | undefined;
}

type Header = Pick<ScannedInstance, 'header'>;

/** Watches studies come in: says at once that they arrive, and how many instances they have when they are quiet (ADR 0007). */
export class StudyFollower {
  private readonly logger = new Logger(StudyFollower.name);
  private readonly studies = new Map<string, Followed>();
  private readonly carried = new WeakMap<object, Set<Followed>>();

  constructor(
    private readonly journals: StudyJournals,
    private readonly teller: StudyTeller,
    private readonly options: FollowOptions,
  ) {}

  /** Goes on with the studies of a process before this one. */
  async start(): Promise<void> {
    for (const uid of await this.journals.start()) this.watch(this.follow(uid));
  }

  /** An instance is durable. */
  stored(instance: StoredInstance, scanned: ScannedInstance, carrier: object): void {
    const followed = this.count(instance);
    followed.study.carriers.add(carrier);
    const carried = this.carried.get(carrier);
    if (carried === undefined) this.carried.set(carrier, new Set([followed]));
    else carried.add(followed);
    this.describe(followed, instance, scanned);
    this.watch(followed);
  }

  /** An instance of a process before this one was found in the spool; `scan` reads it again if it has news. */
  async recovered(instance: StoredInstance, scan: () => Promise<Header | undefined>): Promise<void> {
    const followed = this.count(instance);
    await followed.loaded;
    if (followed.study.describesAnew(instance.patientMark)) {
      const header = await scan();
      if (header !== undefined) this.note(followed, instance, header);
    }
    this.watch(followed);
  }

  /** Studies that are not settled. */
  list(): FollowedStudy[] {
    return Array.from(this.studies.values(), ({ study }) => study);
  }

  /** When the first instance came of a study that is not settled. */
  firstAt(studyInstanceUid: string): string | undefined {
    return this.studies.get(studyInstanceUid)?.study.firstAt;
  }

  /** No more instances will come from there. */
  carrierClosed(carrier: object): void {
    for (const followed of this.carried.get(carrier) ?? []) {
      followed.study.carriers.delete(carrier);
      this.watch(followed);
    }
    this.carried.delete(carrier);
  }

  /** These leave in one pack: remembered when it resolves. */
  sealed(studyInstanceUid: string, instances: readonly StoredInstance[]): Promise<void> {
    return this.journals.append(studyInstanceUid, [{ sealed: placesOf(instances) }]);
  }

  /** The registry has them, or the folder of refused packs: remembered when it resolves, so that the spool may be freed. */
  async handedOver(studyInstanceUid: string, instances: readonly StoredInstance[]): Promise<void> {
    const { study, loaded } = this.follow(studyInstanceUid);
    await loaded;
    const facts = study.facts.slice(study.factsKept);
    const uids = instances.map(({ sopInstanceUid }) => sopInstanceUid);
    await this.journals.append(studyInstanceUid, [
      ...facts.map((fact) => ({ fact })),
      { instances: uids, handedOver: placesOf(instances) },
    ]);
    study.factsKept += facts.length;
    study.inSpool -= instances.length;
    await this.settle(studyInstanceUid);
  }

  /** An acknowledged instance needs nothing more: the same bytes are on their way already. */
  async dropped(studyInstanceUid: string): Promise<void> {
    this.follow(studyInstanceUid).study.inSpool -= 1;
    await this.settle(studyInstanceUid);
  }

  stop(): void {
    for (const { timer } of this.studies.values()) clearTimeout(timer);
  }

  private count(instance: StoredInstance): Followed {
    const followed = this.follow(instance.studyInstanceUid);
    followed.study.received(instance);
    return followed;
  }

  private follow(studyInstanceUid: string): Followed {
    const known = this.studies.get(studyInstanceUid);
    if (known !== undefined) return known;
    const study = new FollowedStudy(studyInstanceUid);
    const loaded = this.journals.load(studyInstanceUid).then((journal) => {
      if (journal !== undefined) study.resume(journal);
    }, this.logProblem);
    const followed: Followed = { study, loaded, timer: undefined };
    this.studies.set(studyInstanceUid, followed);
    return followed;
  }

  private describe(followed: Followed, instance: StoredInstance, header: Header): void {
    if (followed.study.describesAnew(instance.patientMark)) this.note(followed, instance, header);
  }

  private note(followed: Followed, { patientMark, receivedAt }: StoredInstance, header: Header): void {
    const { study } = followed;
    try {
      const summary = summarise(parseHeader(header.header()));
      const observed = patientObserved(this.options.hospital, summary, receivedAt);
      study.facts.push(StudyFact.parse({ mark: patientMark, observed }));
      const arriving = studyArriving(this.options.hospital, summary, receivedAt);
      if (!study.isArriving) study.facts.push(StudyFact.parse({ arriving }));
    } catch (error) {
      this.logger.error({ err: error }, 'The header of a stored instance cannot be read');
      return;
    }
    this.tell(followed);
  }

  /** The count may be too low then; what is stored is not touched by it. */
  private readonly logProblem = (error: unknown) => {
    this.logger.error({ err: error }, 'The journal of a study cannot be used');
  };

  private watch(followed: Followed): void {
    const { study } = followed;
    const isReleased = study.carriers.size === 0;
    clearTimeout(followed.timer);
    followed.timer = setTimeout(
      () => {
        const since = new Date().toISOString();
        study.quiet = { reason: isReleased ? 'QUIET_AFTER_RELEASE' : 'QUIET_TIME', since };
        this.tell(followed);
      },
      isReleased ? this.options.quietAfterReleaseMs : this.options.quietMs,
    ).unref();
  }

  private tell({ study, loaded }: Followed): void {
    void loaded.then(() => this.teller.tell(study)).then(() => this.settle(study.studyInstanceUid));
  }

  private async settle(studyInstanceUid: string): Promise<void> {
    const followed = this.studies.get(studyInstanceUid);
    if (followed === undefined || !followed.study.isSettled) return;
    clearTimeout(followed.timer);
    this.studies.delete(studyInstanceUid);
    await this.journals.settle(studyInstanceUid, followed.study.instancesTold).catch(this.logProblem);
  }
}

import { Logger } from '@nestjs/common';
import {
  dicomJsonOf,
  type NamedBytes,
  parseHeader,
  patientIdentity,
  patientObserved,
  type ScannedInstance,
  summarise,
} from '@yinglian/dicom';
import { FollowedStudy, StudyFact } from '../domain/followed-study.js';
import type { InstanceFate } from '../domain/instance-fate.js';
import { placesOf } from '../domain/spooled-packs.js';
import { studyArriving } from '../domain/study-events.js';
import { studyNumbers } from '../domain/study-numbers.js';
import type { StoredInstance } from '../storage/segment.js';
import type { StudyJournals } from '../storage/study-journal.store.js';
import { type JudgedStudy, type JudgeOptions, StudyJudge } from './study-judge.js';
import type { StudyTeller } from './study-teller.js';

export interface FollowOptions extends JudgeOptions {
  readonly hospital: string;
}

interface Followed extends JudgedStudy {
  /** What the journal knows was taken over. */
  readonly loaded: Promise<void>;
}

type Header = Pick<ScannedInstance, 'header'>;

/** Watches studies come in: says at once that they arrive, and how many instances they have when they are complete (ADR 0020). */
export class StudyFollower {
  private readonly logger = new Logger(StudyFollower.name);
  private readonly studies = new Map<string, Followed>();
  private readonly carried = new WeakMap<object, Set<Followed>>();
  private readonly judge: StudyJudge<Followed>;

  constructor(
    private readonly journals: StudyJournals,
    private readonly teller: StudyTeller,
    private readonly options: FollowOptions,
  ) {
    this.judge = new StudyJudge(options, (followed) => this.tell(followed));
  }

  /** Goes on with the studies of a process before this one. */
  async start(): Promise<void> {
    for (const uid of await this.journals.start()) this.judge.moved(this.follow(uid));
  }

  /** An instance is durable. */
  stored(instance: StoredInstance, scanned: ScannedInstance, carrier: object): void {
    const followed = this.count(instance);
    followed.study.carriers.add(carrier);
    const carried = this.carried.get(carrier);
    if (carried === undefined) this.carried.set(carrier, new Set([followed]));
    else carried.add(followed);
    this.describe(followed, instance, scanned);
    this.judge.moved(followed);
  }

  /** An instance of a process before this one was found in the spool; `scan` reads it again if it has news. */
  async recovered(instance: StoredInstance, scan: () => Promise<Header | undefined>): Promise<void> {
    const followed = this.count(instance);
    await followed.loaded;
    if (followed.study.describesAnew(instance.patientMark)) {
      const header = await scan();
      if (header !== undefined) this.note(followed, instance, header);
    }
    this.judge.moved(followed);
  }

  /** What a process before this one left was found: so much of each study is in the spool. */
  recount(): void {
    const waitingOf = (uid: string) => this.studies.get(uid)?.study.inSpool ?? 0;
    this.options.book.recount(waitingOf, new Date().toISOString());
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
      this.judge.moved(followed);
    }
    this.carried.delete(carrier);
  }

  /** Every version that the registry has taken of a study; undefined when some of it is not remembered (30 days). */
  async sentOf(studyInstanceUid: string): Promise<NamedBytes[] | undefined> {
    const sent = (await this.journals.read(studyInstanceUid))?.sent ?? [];
    const named = sent.filter((each) => typeof each !== 'string');
    return named.length === 0 || named.length < sent.length ? undefined : named;
  }

  /** Somebody said how many instances a study has, or that there will be more. */
  async heardOf(studyInstanceUid: string): Promise<void> {
    if (!this.studies.has(studyInstanceUid) && !this.options.book.knows(studyInstanceUid)) return;
    const followed = this.follow(studyInstanceUid);
    await followed.loaded;
    if (followed.study.instances.size > 0) this.judge.look(followed);
    else if (followed.study.carriers.size === 0) this.studies.delete(studyInstanceUid);
  }

  /** A device asked for commitment of these: studies that are on their way are looked at again. */
  askedFor(sopInstanceUids: readonly string[]): void {
    for (const followed of this.studies.values()) {
      const { instances } = followed.study;
      if (sopInstanceUids.some((uid) => instances.has(uid))) void followed.loaded.then(() => this.judge.look(followed));
    }
  }

  /** These leave in one pack: remembered when it resolves. */
  sealed(studyInstanceUid: string, instances: readonly StoredInstance[]): Promise<void> {
    return this.journals.append(studyInstanceUid, [{ sealed: placesOf(instances) }]);
  }

  /** The registry has them, or the folder of refused packs: remembered when it resolves, so that the spool may be freed. */
  async handedOver(
    studyInstanceUid: string,
    instances: readonly StoredInstance[],
    fate: InstanceFate,
    sent: readonly NamedBytes[],
  ): Promise<void> {
    const { study, loaded } = this.follow(studyInstanceUid);
    await loaded;
    const facts = study.facts.slice(study.factsKept);
    const uids = instances.map(({ sopInstanceUid }) => sopInstanceUid);
    await this.journals.append(studyInstanceUid, [
      ...facts.map((fact) => ({ fact })),
      { instances: uids, handedOver: placesOf(instances), dataSets: sent.map(({ dataSetSha256 }) => dataSetSha256) },
    ]);
    study.sent.add(sent);
    study.factsKept += facts.length;
    study.inSpool -= instances.length;
    const at = new Date().toISOString();
    this.options.book.handedOver(studyInstanceUid, instances.length, fate, study.inSpool, at, study.sent);
    await this.settle(studyInstanceUid);
  }

  /** An acknowledged instance needs nothing more: the same bytes are on their way already. */
  async dropped(studyInstanceUid: string): Promise<void> {
    const { study } = this.follow(studyInstanceUid);
    study.inSpool -= 1;
    if (study.inSpool === 0) {
      this.options.book.handedOver(studyInstanceUid, 0, 'registered', 0, new Date().toISOString());
    }
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
    const followed: Followed = { study, loaded, activeAt: performance.now(), timer: undefined };
    this.studies.set(studyInstanceUid, followed);
    return followed;
  }

  private describe(followed: Followed, instance: StoredInstance, header: Header): void {
    if (followed.study.describesAnew(instance.patientMark)) this.note(followed, instance, header);
  }

  private note(followed: Followed, { patientMark, receivedAt }: StoredInstance, header: Header): void {
    const { study } = followed;
    try {
      const parsed = parseHeader(header.header());
      const summary = summarise(parsed);
      this.options.book.describe(studyNumbers(summary, dicomJsonOf(parsed)), receivedAt);
      const observed = patientObserved(this.options.hospital, summary, patientIdentity(parsed), receivedAt);
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

import { Inject, Injectable } from '@nestjs/common';
import { AccessViewStore } from '../storage/access-view.store.js';
import type { Actor } from './actor.js';
import { CLOCK, type Clock } from './clock.js';
import type { AccessFacts, AccessRequest } from './decide.js';
import { isClosed } from './is-closed.js';
import { RELATIONSHIPS, type Relationship, type Relationships } from './relationships.js';

/** A study as a list shows it. */
export interface ListedStudy {
  readonly studyInstanceUid: string;
  /** Null while the study is linked to nobody. */
  readonly personId: string | null;
  readonly ownerHospital: string;
}

export type Asked = Pick<AccessRequest, 'personId' | 'studyInstanceUid'>;

/** Reads what decisions depend on: one query a fact, however many studies are asked about. */
@Injectable()
export class GatherFacts {
  constructor(
    private readonly view: AccessViewStore,
    @Inject(RELATIONSHIPS) private readonly relationships: Relationships,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** All facts, for opening. */
  async forOpening(actor: Actor, asked: readonly Asked[]): Promise<(of: Asked) => AccessFacts> {
    const personIds = personsOf(asked);
    const now = this.now();
    const [objects, own, relationships, declared, brokenGlass] = await Promise.all([
      this.objections(asked, actor.hospital),
      this.own(actor, asked),
      personIds.length === 0 || actor.hospital === null
        ? new Map<string, Relationship>()
        : this.relationships.withHospital(actor.hospital, personIds, now),
      personIds.length === 0 ? new Map<string, Date>() : this.view.declaredUntil(actor.subject, personIds, now),
      this.brokenGlass(actor, asked),
    ]);
    return (of) => ({
      relationship: (of.personId === null ? undefined : relationships.get(of.personId)) ?? {},
      declaredUntil: (of.personId === null ? undefined : declared.get(of.personId)) ?? null,
      objected: objects(of),
      breakGlassId: brokenGlass(of),
      own: own(of),
    });
  }

  /** The id of the actor's broken glass for the person asked about; null where there is none. */
  async brokenGlass(actor: Actor, asked: readonly Asked[]): Promise<(of: Asked) => string | null> {
    const personIds = personsOf(asked);
    if (personIds.length === 0 || !actor.roles.includes('clinician')) return () => null;
    const broken = await this.view.brokenGlass(actor.subject, personIds, this.now());
    return ({ personId }) => (personId === null ? undefined : broken.get(personId)) ?? null;
  }

  /** Whether the account is a patient's and stands for the person asked about. */
  async own(actor: Actor, asked: readonly Asked[]): Promise<(of: Asked) => boolean> {
    const personIds = personsOf(asked);
    if (personIds.length === 0 || !actor.roles.includes('patient')) return () => false;
    const own = await this.view.ownPersons(actor.subject, personIds, this.now());
    return ({ personId }) => personId !== null && own.has(personId);
  }

  /** Whether a study is closed to the hospital; null: to one that nobody named. */
  async objections(asked: readonly Asked[], receiver: string | null): Promise<(of: Asked) => boolean> {
    const said = await this.view.statementsAbout(
      personsOf(asked),
      asked.flatMap(({ studyInstanceUid }) => studyInstanceUid ?? []),
      receiver,
    );
    if (said.length === 0) return () => false;
    const ofPerson = Map.groupBy(said, (statement) => statement.asked);
    const ofStudies = ofPerson.get(null) ?? [];
    return ({ personId, studyInstanceUid }) =>
      isClosed(personId === null ? ofStudies : [...ofStudies, ...(ofPerson.get(personId) ?? [])], {
        studyInstanceUid,
        receiver,
      });
  }
}

const personsOf = (asked: readonly Asked[]) => [...new Set(asked.flatMap(({ personId }) => personId ?? []))];

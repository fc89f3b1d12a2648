import { Inject, Injectable } from '@nestjs/common';
import { AccessViewStore, type StatementOf } from '../storage/access-view.store.js';
import type { Actor } from './actor.js';
import { CLOCK, type Clock } from './clock.js';
import type { AccessFacts, AccessRequest } from './decide.js';
import { HOST_FACTS, type HostFacts } from './host-facts.js';
import { closesAt, isClosed } from './is-closed.js';

/** A study as a list shows it. */
export interface ListedStudy {
  readonly studyInstanceUid: string;
  /** Null while the study is linked to nobody. */
  readonly personId: string | null;
  readonly ownerHospital: string;
}

export interface OpeningFacts extends AccessFacts {
  /** When a study that is open closes because what opens it ends; null: it does not. */
  readonly openUntil: Date | null;
}

export type Asked = Pick<AccessRequest, 'personId' | 'studyInstanceUid'>;

/** Reads what decisions depend on: the same few queries, however many studies are asked about. */
@Injectable()
export class GatherFacts {
  constructor(
    private readonly view: AccessViewStore,
    @Inject(HOST_FACTS) private readonly host: HostFacts,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** All facts, for opening. */
  async forOpening(actor: Actor, asked: readonly Asked[]): Promise<(of: Asked) => OpeningFacts> {
    const personIds = personsOf(asked);
    const now = this.now();
    const studyInstanceUids = studiesOf(asked);
    const [facts, own, { relationships, restrictions }] = await Promise.all([
      this.view.factsAbout(actor, personIds, studyInstanceUids, now),
      this.own(actor, asked),
      this.host.about({ hospital: actor.hospital, personIds, studyInstanceUids, at: now }),
    ]);
    const said = aboutEach(facts.statements);
    const sharing = ({ studyInstanceUid }: Asked) => ({ studyInstanceUid, receiver: actor.hospital });
    const isClinician = actor.roles.includes('clinician');
    return (of) => ({
      relationship: known(relationships, of) ?? {},
      confidentiality: of.studyInstanceUid === null ? undefined : restrictions.get(of.studyInstanceUid),
      declaredUntil: known(facts.declaredUntil, of) ?? null,
      objected: isClosed(said(of), sharing(of)),
      openUntil: closesAt(said(of), sharing(of)),
      breakGlassId: (isClinician ? known(facts.brokenGlass, of) : undefined) ?? null,
      own: own(of),
    });
  }

  /** The id of the actor's broken glass for the person asked about; null where there is none. */
  async brokenGlass(actor: Actor, asked: readonly Asked[]): Promise<(of: Asked) => string | null> {
    const personIds = personsOf(asked);
    if (personIds.length === 0 || !actor.roles.includes('clinician')) return () => null;
    const broken = await this.view.brokenGlass(actor.subject, personIds, this.now());
    return (of) => known(broken, of) ?? null;
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
    const said = await this.said(asked, receiver);
    return (of) => isClosed(said(of), { studyInstanceUid: of.studyInstanceUid, receiver });
  }

  /** When a study that is open to the hospital closes because what opens it ends; null: it does not, or is closed. */
  async closings(asked: readonly Asked[], receiver: string | null): Promise<(of: Asked) => Date | null> {
    const said = await this.said(asked, receiver);
    return (of) => closesAt(said(of), { studyInstanceUid: of.studyInstanceUid, receiver });
  }

  private async said(asked: readonly Asked[], receiver: string | null) {
    return aboutEach(await this.view.statementsAbout(personsOf(asked), studiesOf(asked), receiver, this.now()));
  }
}

const personsOf = (asked: readonly Asked[]) => [...new Set(asked.flatMap(({ personId }) => personId ?? []))];
const studiesOf = (asked: readonly Asked[]) => asked.flatMap(({ studyInstanceUid }) => studyInstanceUid ?? []);
const known = <T>(facts: ReadonlyMap<string, T>, { personId }: Asked) =>
  personId === null ? undefined : facts.get(personId);

/** Those of what was said that bear on a study, or on all of a person's. */
function aboutEach(said: readonly StatementOf[]): (of: Asked) => readonly StatementOf[] {
  if (said.length === 0) return () => said;
  const ofPerson = Map.groupBy(said, (statement) => statement.asked);
  const ofStudies = ofPerson.get(null) ?? [];
  return ({ personId }) => (personId === null ? ofStudies : [...ofStudies, ...(ofPerson.get(personId) ?? [])]);
}

import type { Actor } from './actor.js';
import { type Decision, decideListing, NO_FACTS } from './decide.js';
import type { ListedStudy } from './gather-facts.js';
import type { Policies } from './policies.js';

/** Which studies of a found list are shown to somebody. */
export class Listing {
  /** Persons of whom something is shown by broken glass alone. */
  readonly byGlass = new Map<string, Decision>();
  private readonly decided = new Map<string, Decision>();

  constructor(
    private readonly policies: Policies,
    private readonly actor: Actor,
    private readonly objects: (study: ListedStudy) => boolean,
    private readonly own: (study: ListedStudy) => boolean,
    private readonly brokenGlass: (study: ListedStudy) => string | null,
  ) {}

  shown<Study extends ListedStudy>(studies: readonly Study[]): Study[] {
    return studies.filter((study) => {
      const decision = this.decide(study, null);
      const breakGlassId = decision.permitted ? null : this.brokenGlass(study);
      if (breakGlassId === null || study.personId === null) return decision.permitted;
      const byGlass = this.decide(study, breakGlassId);
      if (byGlass.permitted) this.byGlass.set(study.personId, byGlass);
      return byGlass.permitted;
    });
  }

  /** Which study it is does not matter, only whose and whether it is closed: a page costs a few questions, not one a study. */
  private decide(study: ListedStudy, breakGlassId: string | null): Decision {
    const objected = this.objects(study);
    const own = this.own(study);
    const { ownerHospital } = study;
    const kind = `${ownerHospital} ${objected} ${breakGlassId} ${own}`;
    const known = this.decided.get(kind);
    if (known !== undefined) return known;
    const facts = { ...NO_FACTS, objected, breakGlassId, own };
    const decision = decideListing(this.policies, this.actor, ownerHospital, facts);
    this.decided.set(kind, decision);
    return decision;
  }
}

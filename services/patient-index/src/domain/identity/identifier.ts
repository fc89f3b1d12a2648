/**
 * How much an equal number says. `strong`: one person has it (a link may follow). `medium`: typed by hand or of a kind that is
 * sometimes shared: evidence. `weak`: of one office only, or given out again: evidence among its own.
 */
export type Strength = 'strong' | 'medium' | 'weak';

/** A number that a person is known by, made comparable. */
export interface Identifier {
  /** Kind and, where several offices give out numbers of one kind, the office: `RESIDENT_ID`, `PASSPORT:CHN`, `HOSPITAL:H001/OPD`. */
  readonly system: string;
  readonly value: string;
  readonly strength: Strength;
}

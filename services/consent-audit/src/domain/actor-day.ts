/** An account on a day of the province's calendar. */
export interface ActorDay {
  readonly subject: string;
  /** YYYY-MM-DD */
  readonly day: string;
}

/** Whom an account of staff is to the rules. */
export interface PersonsOfStaff {
  readonly subject: string;
  /** The person, with those who are one with them. */
  readonly own: readonly string[];
  /** Others of the same surname at the same address, with those who are one with them. */
  readonly relatives: readonly string[];
}

/** What is new of a day, and whom the account is. */
export interface NewOfDay extends ActorDay, PersonsOfStaff {
  readonly metColleague: boolean;
  readonly metVip: boolean;
}

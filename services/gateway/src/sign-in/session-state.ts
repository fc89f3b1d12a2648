/** Who is signed in to the page of the gateway. */
export interface PageUser {
  readonly username: string;
  readonly name: string;
}

/** What the page may know before anybody is signed in, and no more. */
export interface SessionState {
  readonly user: PageUser | null;
  /** Without one nobody can sign in: the page says how to make one. */
  readonly hasAccounts: boolean;
}

import { Password } from '@yinglian/contracts';

export interface Choice {
  readonly password: string;
  /** The same once more. */
  readonly again: string;
}

/** Why a password is not taken: too short or too long, the account's name, not typed the same twice, or the one that was told. */
export type Unchosen = 'length' | 'name' | 'differs' | 'same';

/** Null: it may be taken, unless it is the one that was told. */
export function whyNotChosen({ password, again }: Choice, account: string): Exclude<Unchosen, 'same'> | null {
  if (!Password.safeParse(password).success) return 'length';
  if (password.toLowerCase() === account) return 'name';
  return password === again ? null : 'differs';
}

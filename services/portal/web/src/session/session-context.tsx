import type { Role } from '@yinglian/contracts';
import { createContext, useContext } from 'react';
import type { Account } from './account.js';

export const AccountContext = createContext<Account | null>(null);

/** Whoever is signed in. */
export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (account === null) throw new Error('Only what is inside the session may ask for the account');
  return account;
}

export const useRole = (role: Role) => useAccount().roles.includes(role);

/** Why patients and clerks ask, an HL7 PurposeOfUse code: for themselves, or for somebody who stands at the counter. */
export const useOwnPurpose = (): 'PATRQT' | 'HOPERAT' => (useRole('patient') ? 'PATRQT' : 'HOPERAT');

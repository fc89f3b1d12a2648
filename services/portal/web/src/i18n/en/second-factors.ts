import type { Messages } from '../zh.js';

export const secondFactors: Messages['secondFactors'] = {
  title: 'Second factor',
  hasApp:
    'An authenticator app is set up. Before you change your phone, have a security administrator remove it and set it up anew.',
  none: 'None is set up. With one you are asked for a passkey or a code from your phone after your password.',
  enrol: 'Set up a second factor',
  passkeys: 'Passkeys',
  add: 'Add a passkey',
  name: 'Name',
  nameHint: 'By which you will know it, for instance “reading room computer” or “blue security key”.',
  nameNeeded: 'Give it a name',
  addedAt: 'added {{time}}',
  neverUsed: 'not used yet',
  remove: 'Remove',
  removeSure: '“{{name}}” no longer signs you in.',
  notMade: 'No passkey was created: it was cancelled, or took too long. Try again.',
  knownAlready: 'This key was added before.',
  notHere: 'Passkeys do not work at this address: the platform must be opened by https and its domain name.',
  notInBrowser: 'This browser cannot add passkeys. Bring it up to date.',
};

import type { Messages } from '../zh.js';

export const staff: Messages['staff'] = {
  title: 'Staff',
  add: 'Add a person',
  username: 'Username',
  usernameHint: 'Small letters, digits, dots and hyphens',
  displayName: 'Name',
  roles: 'Roles',
  department: 'Department',
  state: 'State',
  active: 'Active',
  inactive: 'Deactivated',
  deactivate: 'Deactivate',
  reactivate: 'Reactivate',
  deactivateSure: 'This person can no longer sign in.',
  none: 'No staff yet',
  passwordTitle: 'First password',
  reset: 'Reset password',
  resetSure: 'The old password stops working at once, and this person must sign in again.',
  newPasswordTitle: 'New password',
  passwordOnce: 'It is shown this once. Hand it over in person.',
  commission: 'All accounts',
};

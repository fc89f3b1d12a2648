import type { Scope } from './roles.js';

/** What a service account is there for. Each has one purpose, and scopes of that purpose alone. */
export type ClientPurpose =
  | 'gateway'
  | 'gateway-enrolment'
  | 'image-source'
  | 'workstation-feed'
  | 'patient-feed'
  | 'change-feed';

/** The one purpose that each scope belongs to. */
export const PURPOSE_OF_SCOPE: Readonly<Record<Scope, ClientPurpose>> = {
  'packs:write': 'gateway',
  'gateway:read': 'gateway',
  'priors:read': 'gateway',
  'gateway:enrol': 'gateway-enrolment',
  'stow:write': 'image-source',
  'studies:read': 'workstation-feed',
  'persons:read': 'patient-feed',
  'patients:write': 'patient-feed',
  'consents:write': 'patient-feed',
  'changes:read': 'change-feed',
};

/** The one purpose of all the scopes; undefined where they are of several. */
export function purposeOf(scopes: readonly Scope[]): ClientPurpose | undefined {
  const [purpose, ...others] = new Set(scopes.map((scope) => PURPOSE_OF_SCOPE[scope]));
  return others.length === 0 ? purpose : undefined;
}

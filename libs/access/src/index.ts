export { accessProblems } from './access.errors.js';
export { AccessModule, type AccessOptions, accessMigrations } from './access.module.js';
export { AccessDecisionPoint } from './decide/access-decision-point.js';
export { type AccessRequest, type Actor, actorOf, anyActorOf, type Decision, OWN_RECORD } from './decide/decide.js';
export type { ListedStudy } from './decide/gather-facts.js';
export type { TreatingHospitals } from './decide/treating-hospitals.js';
export type { SurvivorFollower, SurvivorTold } from './follow-survivors/survivor-follower.js';
export type { RecordDetails } from './record/access-recorder.js';
export { personGroup, survivorOf } from './storage/person-groups.js';

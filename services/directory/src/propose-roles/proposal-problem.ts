import { type ProblemType, platformProblems } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import type { Objection } from '../domain/role-proposal.js';

export const proposalProblem = (objection: Objection): ProblemType =>
  objection === 'ROLE_NOT_ALLOWED' ? platformProblems.ROLE_NOT_ALLOWED : directoryProblems[objection];

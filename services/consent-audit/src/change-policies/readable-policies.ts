import { faultsOf, limitsBrokenBy, Policies, shippedPolicies } from '@yinglian/access';
import type { PolicyFiles } from '@yinglian/contracts';
import { failure, type Result, success } from '@yinglian/platform';
import { consentAuditProblems } from '../consent-audit.errors.js';

/** Policies that may be tried and signed. Failures: POLICIES_INVALID with what is wrong, POLICIES_BEYOND_LIMITS with which limits. */
export function readablePolicies(files: PolicyFiles): Result<Policies> {
  const text = { files, schema: shippedPolicies().schema };
  const faults = faultsOf(text);
  if (faults.length > 0) return failure(consentAuditProblems.POLICIES_INVALID, faults.join('; '));
  const policies = Policies.of(text);
  const broken = limitsBrokenBy(policies);
  if (broken.length > 0) return failure(consentAuditProblems.POLICIES_BEYOND_LIMITS, broken.join(', '));
  return success(policies);
}

import { type CanActivate, type ExecutionContext, Injectable, UseGuards } from '@nestjs/common';
import { type AuthenticatedRequest, isPerson, ProblemError } from '@yinglian/platform';
import { z } from 'zod';
import { directoryProblems } from '../directory.errors.js';
import { answersFor } from '../domain/duties.js';

const Named = z.object({ hospital: z.string().optional(), code: z.string().optional() });

/** Of an address that names no hospital only the commission's people are let in. */
@Injectable()
class OwnHospitalGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { principal, params } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const { hospital, code } = Named.parse(params ?? {});
    if (principal === undefined || !isPerson(principal) || answersFor(principal, hospital ?? code ?? null)) return true;
    throw new ProblemError(directoryProblems.OF_ANOTHER_HOSPITAL);
  }
}

/** Administrators of a hospital do this for it alone, as the address names it; those of the commission for all. */
export const OwnHospital = () => UseGuards(OwnHospitalGuard);

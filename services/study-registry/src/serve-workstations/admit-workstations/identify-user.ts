import { Injectable } from '@nestjs/common';
import type { UserIdentity } from '@yinglian/dicom';
import { AccessTokens, failure, isPerson, platformProblems, type Result, success } from '@yinglian/platform';
import type { Workstation } from '../../storage/workstation.store.js';
import { type WorkstationCaller, workstationItself } from './workstation-caller.js';

/** Kinds of user identity (PS3.7 table D.3-14). */
const WITH_PASSCODE = 2;
const JSON_WEB_TOKEN = 5;

/** Who asks through a workstation, by the access token that User Identity Negotiation carries (PS3.7 section D.3.3.7). */
@Injectable()
export class IdentifyUser {
  constructor(private readonly tokens: AccessTokens) {}

  /**
   * A token may stand as such, or be the passcode of its account's name. Failures: TOKEN_INVALID, also for whoever is no
   * staff of the workstation's hospital; TOKEN_EXPIRED, UNAVAILABLE.
   */
  async execute(workstation: Workstation, identity: UserIdentity | undefined): Promise<Result<WorkstationCaller>> {
    if (identity === undefined) return success(workstationItself(workstation));
    const token = tokenOf(identity);
    if (token === undefined) return failure(platformProblems.TOKEN_INVALID);
    const verified = await this.tokens.verify(token, undefined);
    if (!verified.ok) return verified;
    const user = verified.value;
    // A token of a patient may name a hospital too.
    const isOfHere = isPerson(user) && user.hospital === workstation.hospital && !user.roles.includes('patient');
    if (!isOfHere || (identity.type === WITH_PASSCODE && identity.primary !== user.subject)) {
      return failure(platformProblems.TOKEN_INVALID);
    }
    return success({ ...user, device: 'workstation' });
  }
}

function tokenOf({ type, primary, secondary }: UserIdentity): string | undefined {
  if (type === JSON_WEB_TOKEN) return primary;
  return type === WITH_PASSCODE ? secondary : undefined;
}

import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { mayAct } from '../domain/staff.js';
import { SignInRecorder } from '../record-sign-ins/sign-in-recorder.js';
import { findIssuer } from '../storage/hospital-issuer.store.js';
import { interactionOfJourney, saveJourney, takeJourney } from '../storage/hospital-sign-in.store.js';
import { identityWaits, linkedAccount } from '../storage/linked-identity.store.js';
import { findStaff } from '../storage/staff.store.js';
import { HospitalProvider } from './hospital-provider.js';

export type HospitalOutcome =
  | { readonly kind: 'accepted'; readonly subject: string }
  /** Nobody here yet: the account is proved by its password, and linked. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'elsewhere' | 'closed' };

/** Who signs in at their own hospital, and who that is here. */
@Injectable()
export class HospitalSignInHandler {
  constructor(
    private readonly database: Database,
    private readonly provider: HospitalProvider,
    private readonly recorder: SignInRecorder,
  ) {}

  /** Where the person goes; undefined when their hospital has no provider, or it does not answer. */
  async begin(interaction: string, hospital: string, redirectUri: string): Promise<URL | undefined> {
    const issuer = await findIssuer(this.database, hospital);
    const begun = issuer && (await this.provider.begin(issuer, redirectUri));
    if (begun === undefined) return undefined;
    const { to, ...journey } = begun;
    await saveJourney(this.database, { ...journey, interaction });
    return to;
  }

  /** Whose sign-in somebody comes back to. */
  interactionOf(state: string): Promise<string | undefined> {
    return interactionOfJourney(this.database, state);
  }

  /** @param came with the provider's answer in the query of the address */
  async finish(interaction: string, came: { at: URL; address: string }, now: Date): Promise<HospitalOutcome> {
    const journey = await takeJourney(this.database, came.at.searchParams.get('state') ?? '', interaction);
    const issuer = journey && (await findIssuer(this.database, journey.hospital));
    const identity = issuer && (await this.provider.finish(issuer, journey, came.at));
    if (identity === undefined) return { kind: 'elsewhere' };
    const subject = await linkedAccount(this.database, identity);
    if (subject === undefined) {
      await identityWaits(this.database, interaction, identity);
      return { kind: 'unknown' };
    }
    const staff = await findStaff(this.database, subject);
    // Who works elsewhere by now does not come in by their old hospital.
    if (staff !== undefined && mayAct(staff) && staff.hospital === identity.hospital)
      return { kind: 'accepted', subject };
    const refused = { action: 'session.refused', by: subject, refused: true, address: came.address } as const;
    await this.recorder.record({ ...refused, code: 'ACCOUNT_NOT_OPEN' }, now);
    return { kind: 'closed' };
  }
}

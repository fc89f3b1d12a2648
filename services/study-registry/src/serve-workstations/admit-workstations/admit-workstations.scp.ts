import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Admission, AssociationTitles, Rejection, ServiceProvider } from '@yinglian/dicom';
import { Database } from '@yinglian/persistence';
import { failure, isOutage, platformProblems, type Result } from '@yinglian/platform';
import { type Workstation, WorkstationStore } from '../../storage/workstation.store.js';
import type { StudyRegistryConfig } from '../../study-registry.config.js';
import { DIMSE_CONFIG } from '../dimse-config.js';
import { Inquiries } from '../inquiries.js';
import { IdentifyUser } from './identify-user.js';
import { WorkstationAssociation } from './workstation-association.js';
import type { WorkstationCaller } from './workstation-caller.js';

/** Who may associate: a workstation that proves by its certificate that it is the one of that AE title, with a valid user or none. */
@Injectable()
export class AdmitWorkstationsScp implements ServiceProvider {
  private readonly logger = new Logger(AdmitWorkstationsScp.name);
  private readonly open = new Map<string, number>();

  constructor(
    @Inject(DIMSE_CONFIG) private readonly config: StudyRegistryConfig,
    private readonly database: Database,
    private readonly identifyUser: IdentifyUser,
    private readonly inquiries: Inquiries,
  ) {}

  async admit(titles: AssociationTitles): Promise<Admission> {
    try {
      return await this.decide(titles);
    } catch (error) {
      if (isOutage(error)) return this.refused(titles, 'temporaryCongestion');
      throw error;
    }
  }

  private async decide(titles: AssociationTitles): Promise<Admission> {
    const { calledAeTitle, userIdentity } = titles;
    if (calledAeTitle !== this.config.DIMSE_AE_TITLE) return this.refused(titles, 'calledAeTitleUnknown');
    const workstation = await this.proven(titles);
    if (workstation === undefined) return this.refused(titles, 'callingAeTitleUnknown');
    if (this.openOf(workstation) >= workstation.maximumAssociations) return this.refused(titles, 'localLimitExceeded');
    this.count(workstation, 1);
    const caller = await this.identifyUser.execute(workstation, userIdentity).catch((error: unknown) => {
      this.count(workstation, -1);
      throw error;
    });
    if (!caller.ok) {
      this.count(workstation, -1);
      return this.refused(titles, caller.problem.status === 503 ? 'temporaryCongestion' : 'userIdentityRefused');
    }
    return new WorkstationAssociation(workstation, this.inquiries, {
      caller: () => this.callerNow(titles),
      closed: () => this.count(workstation, -1),
    });
  }

  /** A token ends, and a workstation is removed or changed, perhaps before the association ends. */
  private async callerNow(titles: AssociationTitles): Promise<Result<WorkstationCaller>> {
    try {
      const workstation = await this.proven(titles);
      if (workstation === undefined) return failure(platformProblems.AUTHENTICATION_REQUIRED);
      return await this.identifyUser.execute(workstation, titles.userIdentity);
    } catch (error) {
      if (isOutage(error)) return failure(platformProblems.UNAVAILABLE);
      throw error;
    }
  }

  /** The workstation of that AE title as the directory has told it, if that is who calls. */
  private async proven(titles: AssociationTitles): Promise<Workstation | undefined> {
    const workstation = await new WorkstationStore(this.database).find(titles.callingAeTitle);
    return workstation && isProven(workstation, titles) ? workstation : undefined;
  }

  private refused({ callingAeTitle, isSecure }: AssociationTitles, rejection: Rejection): Rejection {
    this.logger.warn(
      `An association of ${JSON.stringify(callingAeTitle)} is rejected, ${rejection}${isSecure ? '' : ', without TLS'}`,
    );
    return rejection;
  }

  private openOf({ aeTitle }: Workstation): number {
    return this.open.get(aeTitle) ?? 0;
  }

  private count(workstation: Workstation, change: 1 | -1): void {
    const open = this.openOf(workstation) + change;
    if (open === 0) this.open.delete(workstation.aeTitle);
    else this.open.set(workstation.aeTitle, open);
  }
}

/** An AE title is known to everybody; a certificate's key to its workstation alone. */
const isProven = ({ certificates, plain }: Workstation, { isSecure, certificateSha256 }: AssociationTitles): boolean =>
  isSecure ? certificateSha256 !== undefined && certificates.includes(certificateSha256) : plain;

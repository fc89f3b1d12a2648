import type { Answer, RegistryService } from './registry-service.js';

export interface DecisionAsked {
  readonly decision: 'withdraw' | 'restore' | 'hold' | 'release';
  readonly seriesInstanceUid?: string;
  readonly sopInstanceUid?: string;
  readonly reason?: string;
  readonly note?: string;
}

/** A steward who withdraws studies, restores, holds and releases them; of the commission unless told. */
export class DecidingSteward {
  constructor(
    private readonly registry: RegistryService,
    private readonly hospital: string | null = null,
    private readonly role: 'steward' | 'clinician' | 'administrator' | 'auditor' | 'patient' = 'steward',
  ) {}

  decide(studyUid: string, { note = '登记时选错了病人', ...asked }: DecisionAsked): Promise<Answer> {
    const reason = asked.decision === 'withdraw' ? { reason: '113037' } : {};
    return this.ask('POST', `/studies/${studyUid}/decisions`, { ...reason, note, ...asked });
  }

  withdraw(studyUid: string, asked: Partial<DecisionAsked> = {}): Promise<Answer> {
    return this.decide(studyUid, { decision: 'withdraw', ...asked });
  }

  restore(studyUid: string, asked: Partial<DecisionAsked> = {}): Promise<Answer> {
    return this.decide(studyUid, { decision: 'restore', ...asked });
  }

  decisionsOf(studyUid: string): Promise<Answer> {
    return this.ask('GET', `/studies/${studyUid}/decisions`);
  }

  async ask(method: string, path: string, body?: object): Promise<Answer> {
    const subject = `${this.role}.${this.hospital ?? 'province'}`;
    const token = await this.registry.issuer.personToken({ subject, roles: [this.role], hospital: this.hospital });
    return this.registry.ask(method, `/api/study-registry${path}`, {
      headers: {
        authorization: `Bearer ${token}`,
        'x-purpose-of-use': 'HOPERAT',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
    });
  }
}

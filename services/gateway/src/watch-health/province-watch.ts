import type { Alarms } from '../alarms/alarms.js';
import { CredentialRefused } from '../province/client-proof.js';
import type { ProvinceObserver } from '../province/province-observer.js';

/** Tokens expire sooner than this when clocks differ so much. */
const MOST_SECONDS_OFF = 60;
/** A line that breaks now and then is no outage. */
const FAILURES_OF_AN_OUTAGE = 3;
/** The first 401 may be of a token that expired on its way. */
const REFUSALS_OF_A_CREDENTIAL = 2;
const CERTIFICATE_WARNING_DAYS = 30;
const DAY_MS = 86_400_000;
/** Of something between the gateway and the province that does not reach it. */
const UNREACHED = new Set([502, 503, 504]);

/** Sees in the answers of the province, and in their absence, what is wrong with it or with the gateway. */
export class ProvinceWatch implements ProvinceObserver {
  private failures = 0;
  private refusals = 0;

  constructor(
    private readonly alarms: Alarms,
    private readonly now: () => number = Date.now,
  ) {}

  answered({ method, status, date }: Parameters<ProvinceObserver['answered']>[0]): void {
    if (UNREACHED.has(status)) {
      this.unreached();
      return;
    }
    this.failures = 0;
    this.alarms.clear('PROVINCE_AWAY');
    this.seeClock(date);
    this.refusals = status === 401 ? this.refusals + 1 : 0;
    this.alarms.set('CREDENTIAL_REFUSED', this.refusals >= REFUSALS_OF_A_CREDENTIAL);
    if (status === 507) this.alarms.raise('PROVINCE_FULL');
    else if (method === 'PUT' && status < 300) this.alarms.clear('PROVINCE_FULL');
  }

  unanswered(error: unknown): void {
    if (error instanceof CredentialRefused) this.alarms.raise('CREDENTIAL_REFUSED');
    else this.unreached();
  }

  shown(certificateOf: string, validTo: Date): void {
    const days = Math.floor((validTo.getTime() - this.now()) / DAY_MS);
    this.alarms.set('CERTIFICATE_NEAR_END', days < CERTIFICATE_WARNING_DAYS, { certificate: certificateOf, days });
  }

  private unreached(): void {
    this.failures += 1;
    if (this.failures >= FAILURES_OF_AN_OUTAGE) this.alarms.raise('PROVINCE_AWAY');
  }

  /** The Date header (RFC 9110 section 6.6.1) is of the second in which the answer began. */
  private seeClock(date: string | undefined): void {
    const theirs = Date.parse(date ?? '');
    if (Number.isNaN(theirs)) return;
    const seconds = Math.round((this.now() - theirs) / 1000);
    this.alarms.set('CLOCK_WRONG', Math.abs(seconds) > MOST_SECONDS_OFF, { seconds });
  }
}

import { Injectable } from '@nestjs/common';
import type { StudyFilter } from '../ask-pacs/study-search.js';
import { type FetchOutcome, type FetchRoute, StudyFetcher } from '../fetch-studies/study-fetcher.js';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { type ServedRequest, type StudyRequest, StudyRequestsClient } from './study-requests.client.js';

interface Trial {
  readonly since: number;
  readonly failures: number;
}

/** A study that comes in part so many times is not asked for again. */
const ATTEMPTS = 3;
/** Whoever asks is told after an hour that the PACS is away. */
const PATIENCE_MS = 3_600_000;

/** Fetches the studies that the province asks for, one after the other. */
@Injectable()
export class StudyRequestServer {
  /** Requests that were tried in vain; those that the province does not ask for any more are forgotten. */
  private trials = new Map<string, Trial>();

  constructor(
    private readonly client: StudyRequestsClient,
    private readonly fetcher: StudyFetcher,
    private readonly file: HospitalFile,
  ) {}

  /** Rejects when the province does not answer. */
  async serveAll(signal: AbortSignal): Promise<void> {
    const requests = await this.client.toServe();
    const open = new Set(requests.map(({ requestId }) => requestId));
    this.trials = new Map([...this.trials].filter(([requestId]) => open.has(requestId)));
    for (const request of requests) {
      const served = await this.serve(request, signal);
      if (signal.aborted) return;
      if (served !== undefined) await this.client.tell(request.requestId, served);
    }
  }

  /** Undefined when it is to be tried again. */
  private async serve(request: StudyRequest, signal: AbortSignal): Promise<ServedRequest | undefined> {
    const route = this.route();
    if (route === undefined) return { outcome: 'failed', reason: 'The hospital’s file names no PACS with an address' };
    const outcome = await this.fetcher.fetch(route, filterOf(request), signal);
    return this.judge(request.requestId, outcome);
  }

  private judge(requestId: string, outcome: FetchOutcome): ServedRequest | undefined {
    if (outcome.kind === 'fetched') return { outcome: 'fetched', reason: '' };
    if (outcome.kind === 'not-found' || outcome.kind === 'only-priors') return { outcome: 'not-found', reason: '' };
    const { since, failures } = this.trials.get(requestId) ?? { since: Date.now(), failures: 0 };
    const made = failures + Number(outcome.kind === 'incomplete');
    this.trials.set(requestId, { since, failures: made });
    if (made >= ATTEMPTS) return { outcome: 'failed', reason: outcome.problem };
    const isLate = outcome.kind === 'away' && Date.now() - since > PATIENCE_MS;
    return isLate ? { outcome: 'pacs-away', reason: outcome.problem } : undefined;
  }

  /** The PACS of the backfill, or the first one that the hospital describes. */
  private route(): FetchRoute | undefined {
    const { backfill, devices } = this.file.current;
    if (backfill !== undefined) return backfill;
    const pacs = devices.find(({ kind, host }) => kind === 'pacs' && host !== undefined);
    return pacs && { pacs: pacs.aeTitle, method: 'C-MOVE' };
  }
}

const filterOf = ({ studyInstanceUid, accessionNumber }: StudyRequest): StudyFilter => ({
  ...(studyInstanceUid !== null && { studyInstanceUid }),
  ...(accessionNumber !== null && { accessionNumber }),
});

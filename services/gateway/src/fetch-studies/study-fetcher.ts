import { Injectable } from '@nestjs/common';
import { STATUS } from '@yinglian/dicom';
import { PacsScu } from '../ask-pacs/pacs.scu.js';
import { isPacsProblem, type PacsAssociation, type Retrieval } from '../ask-pacs/pacs-association.js';
import type { StudyFilter } from '../ask-pacs/study-search.js';
import { DeviceAway } from '../call-devices/device-caller.js';
import { HospitalConfiguration } from '../follow-configuration/hospital-configuration.js';
import { SentPriors } from '../send-priors/sent-priors.store.js';
import { FetchReceipts, type Receipt } from './fetch-receipts.js';

/** From where studies are fetched, and how. */
export interface FetchRoute {
  readonly pacs: string;
  readonly method: 'C-MOVE' | 'C-GET';
}

export type FetchOutcome =
  | { readonly kind: 'fetched'; readonly studyInstanceUids: readonly string[]; readonly instances: number }
  /** The PACS has no such study. */
  | { readonly kind: 'not-found' }
  /** It has nothing but priors that this gateway pushed to it: they are other hospitals' (ADR 0019). */
  | { readonly kind: 'only-priors' }
  /** Some of it did not come; asked again, it may. */
  | { readonly kind: 'incomplete'; readonly problem: string }
  /** There is no association now. */
  | { readonly kind: 'away'; readonly problem: string };

/** More studies than this have no accession number in common. */
const MOST_STUDIES = 20;

/** Fetches one study, or those of one accession number, from the PACS into the gateway. */
@Injectable()
export class StudyFetcher {
  constructor(
    private readonly pacs: PacsScu,
    private readonly configuration: HospitalConfiguration,
    private readonly priors: SentPriors,
    private readonly receipts: FetchReceipts,
  ) {}

  /** What is under way when the signal comes is given up. */
  async fetch(
    { pacs, method }: FetchRoute,
    wanted: StudyFilter,
    signal: AbortSignal,
    receipt: Receipt = () => undefined,
  ): Promise<FetchOutcome> {
    let association: PacsAssociation | undefined;
    const giveUp = () => association?.abort();
    signal.addEventListener('abort', giveUp);
    try {
      const opened = await (method === 'C-GET' ? this.pacs.openToGet(pacs) : this.pacs.open(pacs));
      association = opened;
      const found = await opened.findStudies(wanted, MOST_STUDIES);
      const studies = found.studies.filter(({ studyInstanceUid }) => !this.priors.hasStudy(studyInstanceUid));
      if (studies.length === 0) return { kind: found.studies.length === 0 ? 'not-found' : 'only-priors' };
      let instances = 0;
      for (const { studyInstanceUid } of studies) {
        const retrieval = await this.receipts.during(studyInstanceUid, receipt, () =>
          this.retrieve(opened, method, studyInstanceUid),
        );
        if (!isWhole(retrieval)) return { kind: 'incomplete', problem: problemOf(method, retrieval) };
        instances += retrieval.completed + retrieval.warning;
      }
      return { kind: 'fetched', studyInstanceUids: studies.map(({ studyInstanceUid }) => studyInstanceUid), instances };
    } catch (error) {
      if (error instanceof DeviceAway) return { kind: 'away', problem: error.message };
      if (isPacsProblem(error)) return { kind: 'incomplete', problem: error.message };
      throw error;
    } finally {
      signal.removeEventListener('abort', giveUp);
      await association?.close();
    }
  }

  private retrieve(association: PacsAssociation, method: FetchRoute['method'], studyInstanceUid: string) {
    if (method === 'C-GET') return association.get(studyInstanceUid);
    return association.move(studyInstanceUid, this.configuration.current?.aeTitle ?? '');
  }
}

const isWhole = ({ status, failed, remaining }: Retrieval) =>
  status === STATUS.success && failed === 0 && remaining === 0;

function problemOf(method: string, { status, comment, completed, failed, remaining, warning }: Retrieval): string {
  const code = status.toString(16).padStart(4, '0').toUpperCase();
  const counts = `${completed + warning} instances came, ${failed} failed, ${remaining} did not`;
  return `${method} ends with ${code}${comment === '' ? '' : ` ${comment}`}: ${counts}`;
}

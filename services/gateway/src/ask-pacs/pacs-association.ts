import {
  type Answer,
  COMMAND,
  NotAnsweredError,
  type RequestedAssociation,
  STATUS,
  type SubOperations,
} from '@yinglian/dicom';
import {
  type FoundStudy,
  foundSeries,
  foundStudy,
  imageIdentifier,
  retrieveIdentifier,
  type StudyFilter,
  seriesIdentifier,
  studyIdentifier,
} from './study-search.js';

/** Query/Retrieve, Study Root (PS3.4 section C.6.2). */
export const STUDY_ROOT = {
  find: '1.2.840.10008.5.1.4.1.2.2.1',
  move: '1.2.840.10008.5.1.4.1.2.2.2',
  get: '1.2.840.10008.5.1.4.1.2.2.3',
} as const;

/** The PACS refuses what it is asked, with its status and comment. */
export class PacsRefusal extends Error {
  override readonly name = 'PacsRefusal';
}

export interface StudySearch {
  readonly studies: readonly FoundStudy[];
  /** Whether that is all of them: a PACS may stop early, and so does the one who asks. */
  readonly isWhole: boolean;
}

/** How a retrieval ended. */
export interface Retrieval extends SubOperations {
  readonly status: number;
  readonly comment: string;
}

type Identifier = (transferSyntaxUid: string) => Buffer;

/** What a PACS is asked within one association. Everything rejects with a NotAnsweredError when it ends meanwhile. */
export class PacsAssociation {
  constructor(
    private readonly association: RequestedAssociation,
    private readonly patienceMs: number,
  ) {}

  /** Rejects with a PacsRefusal when the PACS finds nothing and says that something is wrong. */
  async findStudies(filter: StudyFilter, maximum: number): Promise<StudySearch> {
    const studies = new Map<string, FoundStudy>();
    const last = await this.find(studyIdentifier(filter), (dataSet, syntax) => {
      const study = foundStudy(dataSet, syntax);
      if (study !== undefined) studies.set(study.studyInstanceUid, study);
      return studies.size >= maximum ? 'enough' : undefined;
    });
    if (last.status !== STATUS.success && studies.size === 0) throw refusal('C-FIND', last);
    return { studies: [...studies.values()], isWhole: last.status === STATUS.success && studies.size < maximum };
  }

  /** How many instances a study has there, series by series, and one by one where the PACS does not count. */
  async countInstances(studyInstanceUid: string): Promise<number> {
    const series: ReturnType<typeof foundSeries>[] = [];
    const last = await this.find(seriesIdentifier(studyInstanceUid), (dataSet, syntax) => {
      series.push(foundSeries(dataSet, syntax));
      return undefined;
    });
    if (last.status !== STATUS.success) throw refusal('C-FIND', last);
    let total = 0;
    for (const { seriesInstanceUid, instances } of series) {
      total += instances ?? (await this.countImages(studyInstanceUid, seriesInstanceUid));
    }
    return total;
  }

  /** The PACS sends the study to an AE title that it knows. */
  move(studyInstanceUid: string, moveDestination: string): Promise<Retrieval> {
    return this.retrieve(
      { abstractSyntax: STUDY_ROOT.move, commandField: COMMAND.move, moveDestination },
      studyInstanceUid,
    );
  }

  /** The PACS stores the study on this association. */
  get(studyInstanceUid: string): Promise<Retrieval> {
    return this.retrieve({ abstractSyntax: STUDY_ROOT.get, commandField: COMMAND.get }, studyInstanceUid);
  }

  /** Ends it, one way or the other. */
  async close(): Promise<void> {
    await this.association.release();
  }

  /** What the PACS was doing is given up. */
  abort(): void {
    this.association.abort();
  }

  private async countImages(studyInstanceUid: string, seriesInstanceUid: string): Promise<number> {
    let images = 0;
    const last = await this.find(imageIdentifier(studyInstanceUid, seriesInstanceUid), () => {
      images += 1;
      return undefined;
    });
    if (last.status !== STATUS.success) throw refusal('C-FIND', last);
    return images;
  }

  private find(
    identifier: Identifier,
    found: (dataSet: Buffer, syntax: string) => 'enough' | undefined,
  ): Promise<Answer> {
    const request = {
      abstractSyntax: STUDY_ROOT.find,
      sopClassUid: STUDY_ROOT.find,
      commandField: COMMAND.find,
      dataSet: identifier,
    };
    return this.association.ask(request, this.patienceMs, ({ dataSet, transferSyntaxUid }) =>
      dataSet === undefined ? undefined : found(dataSet, transferSyntaxUid),
    );
  }

  private async retrieve(
    request: { abstractSyntax: string; commandField: number; moveDestination?: string },
    studyInstanceUid: string,
  ): Promise<Retrieval> {
    const { status, comment, subOperations } = await this.association.ask(
      { ...request, sopClassUid: request.abstractSyntax, dataSet: retrieveIdentifier(studyInstanceUid) },
      this.patienceMs,
    );
    return { status, comment, ...subOperations };
  }
}

const refusal = (what: string, { status, comment }: Answer) =>
  new PacsRefusal(`${what} ends with ${status.toString(16).padStart(4, '0').toUpperCase()} ${comment}`.trimEnd());

/** What a PACS said or did that is not the fault of this gateway. */
export const isPacsProblem = (error: unknown): error is Error =>
  error instanceof PacsRefusal || error instanceof NotAnsweredError;

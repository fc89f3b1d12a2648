import { type PackInstance, type PartOutcome, type ScannedInstance, STATUS, type Status } from '@yinglian/dicom';
import { ObjectStoreFull } from '@yinglian/objects';

/** A Part 10 file that came whole and may be stored. */
export interface StorableFile {
  readonly scanned: ScannedInstance;
  readonly lengthBytes: number;
  readonly receivedAt: string;
}

/** What became of a file. `cause` is why something here failed that is not the file's fault. */
export type FileOutcome = PartOutcome & { readonly cause?: unknown };

/** The next file may come; what becomes of this one may be known later. */
export interface FinishedFile {
  readonly outcome: FileOutcome | Promise<FileOutcome>;
}

/** Why instances of a pack that was registered are not served, by their places. */
export type PackFate = ReadonlyMap<number, Status>;

/** But for its data set's SHA-256, which may not be known yet. */
export const entryOf = ({ scanned, lengthBytes, receivedAt }: StorableFile, offset: number): PackInstance => ({
  sopInstanceUid: scanned.sopInstanceUid,
  sopClassUid: scanned.sopClassUid,
  transferSyntaxUid: scanned.transferSyntaxUid,
  offset,
  length: lengthBytes,
  dataSetOffset: scanned.dataSetOffset,
  dataSetSha256: '',
  receivedAt,
  callingAeTitle: null,
  via: 'STOW-RS',
});

/** What became of one file of a pack, once it is known what became of the pack. */
export const outcomeIn = (fate: Promise<PackFate>, place: number, named: ScannedInstance): Promise<FileOutcome> =>
  fate.then(
    (notServed) => {
      const failed = notServed.get(place);
      return failed === undefined ? { stored: named } : { failed, named };
    },
    (cause: unknown) => failureOf(cause, named),
  );

/** What went wrong here, in its place. That the store is full has a reason of its own. */
export const failureOf = (cause: unknown, named: ScannedInstance): FileOutcome =>
  cause instanceof ObjectStoreFull
    ? { failed: STATUS.outOfResources, named }
    : { failed: STATUS.processingFailure, named, cause };

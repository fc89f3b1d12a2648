import type { StorableFile } from './pydicom-files.js';

type Context = Pick<StorableFile, 'sopClassUid' | 'transferSyntaxUid'>;

/**
 * A configuration for DCMTK's `storescu -xf <file> Own`, which proposes each file's own transfer syntax, private ones
 * included, and no other. An association has 128 presentation contexts at most.
 */
export function storescuProfile(files: readonly Context[]): string {
  const contexts = new Map(files.map((file) => [`${file.sopClassUid} ${file.transferSyntaxUid}`, file]));
  const syntaxes = [...new Set(files.map(({ transferSyntaxUid }) => transferSyntaxUid))];
  const names = new Map(syntaxes.map((uid, index) => [uid, `Syntax${index}`]));
  return [
    '[[TransferSyntaxes]]',
    ...syntaxes.flatMap((uid) => [`[${names.get(uid)}]`, `TransferSyntax1 = ${uid}`]),
    '[[PresentationContexts]]',
    '[Files]',
    ...[...contexts.values()].map(
      ({ sopClassUid, transferSyntaxUid }, index) =>
        `PresentationContext${index + 1} = ${sopClassUid}\\${names.get(transferSyntaxUid)}`,
    ),
    '[[Profiles]]',
    '[Own]',
    'PresentationContexts = Files',
    '',
  ].join('\n');
}

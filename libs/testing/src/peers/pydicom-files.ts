import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The Python environment that deploy/ci/install-peers.sh makes; `machineHas('pydicom')` says whether it is there. */
const peers = fileURLToPath(new URL('../../../../.cache/peers/', import.meta.url));

/** Python with pydicom, pynetdicom, dicomweb-client and python-hl7. */
export const peersPython = `${peers}bin/python`;

/** Path of one of the scripts beside this file, to be run with that Python. */
export const peerScript = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A file of another project's public test data. */
export interface RealFile {
  /** Where it stands in its package, for instance `pydicom/data/test_files/CT_small.dcm`. */
  readonly name: string;
  readonly path: string;
  readonly bytes: Buffer;
}

/** A file that can be stored: a Part 10 file with all UIDs, and whole. */
export interface StorableFile extends RealFile {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly dataSet: Buffer;
  readonly sha256: string;
  readonly dataSetSha256: string;
}

/** A file that cannot be stored, and how it is refused. */
export interface UnstorableFile extends RealFile {
  readonly why: string;
  /** Failure Reason of STOW-RS and status of C-STORE. */
  readonly status: number;
}

const PATTERNS = ['pydicom/data/**/*', 'pynetdicom/tests/dicom_files/*'];
const NOT_DICOM = /\.(py|pyc|txt|md|json|dump|gz|icc)$|README$/;

/** All modalities, transfer syntaxes and character sets that pydicom and pynetdicom have public files of, odd ones included. */
export function realFiles(): RealFile[] {
  const [packages = ''] = globSync('lib/python*/site-packages', { cwd: peers });
  const cwd = `${peers}${packages}/`;
  return globSync(PATTERNS, { cwd, withFileTypes: true })
    .filter((entry) => entry.isFile() && !NOT_DICOM.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort()
    .map((path) => ({ name: path.slice(cwd.length), path, bytes: readFileSync(path) }));
}

/** The files that are left out, in one place; a spec sees each of them refused with its status. */
const notStorable: { why: string; status: number; files: string[] }[] = JSON.parse(
  readFileSync(new URL('./not-storable.json', import.meta.url), 'utf8'),
);

const reasons = new Map(
  notStorable.flatMap(({ why, status, files }) => files.map((name) => [name, { why, status }] as const)),
);

/** Paths of all real files. */
export const pydicomFiles = (): string[] => realFiles().map(({ path }) => path);

export const unstorableFiles = (): UnstorableFile[] =>
  realFiles().flatMap((file) => {
    const reason = reasons.get(file.name);
    return reason === undefined ? [] : [{ ...file, ...reason }];
  });

/** Every real file that not-storable.json does not name. */
export const storableFiles = (): StorableFile[] =>
  realFiles()
    .filter(({ name }) => !reasons.has(name))
    .map((file) => {
      const { values, end } = metaOf(file.bytes);
      const dataSet = file.bytes.subarray(end);
      return {
        ...file,
        sopClassUid: values.get(0x0002) ?? '',
        sopInstanceUid: values.get(0x0003) ?? '',
        transferSyntaxUid: values.get(0x0010) ?? '',
        dataSet,
        sha256: sha256(file.bytes),
        dataSetSha256: sha256(dataSet),
      };
    });

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** The file meta information (PS3.10 section 7.1): its values by element, and where it ends. */
function metaOf(file: Buffer): { values: Map<number, string>; end: number } {
  const values = new Map<number, string>();
  let at = 132;
  while (file.readUInt16LE(at) === 0x0002) {
    const isLong = ['OB', 'UN'].includes(file.toString('latin1', at + 4, at + 6));
    const start = at + (isLong ? 12 : 8);
    const end = start + (isLong ? file.readUInt32LE(at + 8) : file.readUInt16LE(at + 6));
    values.set(file.readUInt16LE(at + 2), file.toString('latin1', start, end).replace(/[\0 ]+$/, ''));
    at = end;
  }
  return { values, end: at };
}

import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The Python environment that deploy/ci/install-peers.sh makes; `machineHas('pydicom')` says whether it is there. */
const peers = fileURLToPath(new URL('../../../../.cache/peers/', import.meta.url));

/** Python with pydicom, pynetdicom and dicomweb-client. */
export const peersPython = `${peers}bin/python`;

/** Paths of the public DICOM files that pydicom brings along: all modalities and transfer syntaxes, odd ones included. */
export const pydicomFiles = (): string[] =>
  globSync('lib/python*/site-packages/pydicom/data/test_files/**/*.dcm', { cwd: peers })
    .map((path) => `${peers}${path}`)
    .sort();

import { existsSync, readdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { delimiter, join } from 'node:path';
import { ROOT_PATH } from './places.mjs';

const PEERS = join(ROOT_PATH, '.cache', 'peers');

/** What specs use as it is: peers and browsers, not parts of the product. */
const PROGRAMS = [
  {
    name: 'dcmtk',
    why: 'specs that send with dcmtk',
    install: 'apt-get install dcmtk',
    present: () => onPath('storescu'),
  },
  {
    name: 'dicom3tools',
    why: 'specs that check objects with dciodvfy',
    install: 'apt-get install dicom3tools',
    present: () => onPath('dciodvfy'),
  },
  {
    name: 'chromium',
    why: 'specs in a real browser',
    install: 'apt-get install chromium fonts-noto-cjk',
    present: () => onPath('chromium') || onPath('chromium-browser') || onPath('google-chrome'),
  },
  {
    name: 'kafka',
    why: 'specs on Apache Kafka',
    install: 'apt-get install default-jre-headless maven',
    present: () => onPath('java') && onPath('mvn'),
  },
  {
    name: 'java',
    why: 'specs on the FHIR validator',
    install: 'apt-get install default-jre-headless maven',
    present: () => onPath('java') && onPath('mvn'),
  },
  {
    name: 'orthanc',
    why: 'specs of the benchmarks, which run beside Orthanc',
    install: 'apt-get install orthanc',
    present: () => onPath('Orthanc') || existsSync('/usr/sbin/Orthanc'),
  },
  {
    name: 'pydicom',
    why: "specs with pydicom's files and clients",
    install: 'deploy/ci/install-peers.sh',
    present: () => existsSync(join(PEERS, 'bin', 'python')),
  },
  {
    name: 'fhirpy',
    why: 'specs with a FHIR client of another make',
    install: 'deploy/ci/install-peers.sh',
    present: () => hasPeer('fhirpy'),
  },
  {
    name: 'splink',
    why: 'specs and benchmarks beside splink, on public people',
    install: 'deploy/ci/install-peers.sh',
    present: () => ['splink', 'recordlinkage'].every((name) => hasPeer(name)),
  },
  {
    name: 's3',
    why: 'specs on an S3 server',
    install: 'deploy/ci/install-peers.sh',
    present: () => existsSync(join(PEERS, 'bin', 'versitygw')),
  },
  {
    name: 'tlog',
    why: "specs in which Go's checksum database verifies proofs",
    install: 'deploy/ci/install-peers.sh',
    present: () => existsSync(join(PEERS, 'bin', 'verify-tlog')),
  },
  {
    name: 'network',
    why: 'specs that reach this machine as another one does',
    install: 'ip link set … up',
    present: () =>
      Object.values(networkInterfaces())
        .flat()
        .some((address) => address?.family === 'IPv4' && !address.internal),
  },
];

/** What this machine lacks. */
export const missingOnThisMachine = () => PROGRAMS.filter(({ present }) => !present());

const hasPeer = (name) => {
  const lib = join(PEERS, 'lib');
  return existsSync(lib) && readdirSync(lib).some((python) => existsSync(join(lib, python, 'site-packages', name)));
};

const onPath = (program) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));

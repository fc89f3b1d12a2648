export { Explained } from './explained.js';
export { filledDatabase, migratedDatabase } from './filled-database.js';
export { heldBytes } from './held-bytes.js';
export {
  type Chance,
  CT_IMAGE_STORAGE,
  CT_STUDY_DATE,
  type CtSeries,
  type CtSlice,
  ctSeries,
  fileOf,
} from './images/ct-series.js';
export { dataSetOf, EXPLICIT_LITTLE_ENDIAN, element, part10, uint16 } from './images/data-set-writer.js';
export { type SmallInstance, type SmallInstanceOptions, smallInstance } from './images/small-instance.js';
export { FaultyLine, type LineTrouble } from './line/faulty-line.js';
export { machineHas, type Program } from './machine/machine-has.js';
export { type SmallDisk, smallDisk } from './machine/small-disk.js';
export { PageTables } from './page-tables.js';
export { type Answer, type DicomJson, DicomWebClient, firstValue, partsOf } from './peers/dicom-web-client.js';
export { type FebrlPerson, febrl3 } from './peers/febrl3.js';
export { FhirValidator, type ValidationIssue } from './peers/fhir-validator.js';
export { HospitalPacs, type PacsPeer } from './peers/hospital-pacs.js';
export { BOUNDARY, multipart } from './peers/multipart.js';
export {
  peerScript,
  peersPython,
  pydicomFiles,
  type RealFile,
  realFiles,
  type StorableFile,
  storableFiles,
  type UnstorableFile,
  unstorableFiles,
} from './peers/pydicom-files.js';
export {
  type Asking,
  associateRequest,
  dataPdu,
  PDU_TYPE,
  type RawContext,
  type RawPdu,
  RawPeer,
  rawPdu,
  storeCommand,
} from './peers/raw-peer.js';
export { type ProgramOutcome, runProgram } from './peers/run-program.js';
export { storescuProfile } from './peers/storescu-profile.js';
export { type CertificateFiles, TestAuthority } from './peers/test-authority.js';
export { WireTap } from './peers/wire-tap.js';
export { freeRange } from './province/free-range.js';
export { LauncherProcess, Province, type ProvinceOptions, startProvince } from './province/province.js';
export { spawnBuilt } from './spawn-built.js';
export { TestKafka } from './test-kafka.js';
export { TestPostgres } from './test-postgres.js';
export { TestS3 } from './test-s3.js';
export { until } from './until.js';
export { untilServed } from './until-served.js';

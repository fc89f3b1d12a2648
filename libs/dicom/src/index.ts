export { nameByScript } from './character-sets/name-by-script.js';
export { type PersonName, personName } from './character-sets/person-name.js';
export { type DecodedText, type DecodeText, textDecoderFor } from './character-sets/text-decoder.js';
export { keywordOf, tagOf, vrOf } from './data-set/dictionary.js';
export { type ByteRange, encapsulatedFrames } from './data-set/encapsulated-frames.js';
export { type InstanceSummary, type PatientSummary, summarise } from './data-set/instance-summary.js';
export { localPatientKey } from './data-set/local-patient-key.js';
export {
  HeaderError,
  isPart10,
  type ParsedHeader,
  type PixelDataLocation,
  parseHeader,
} from './data-set/parse-header.js';
export { type OtherPatientId, type PatientIdentity, patientIdentity } from './data-set/patient-identity.js';
export { patientObserved } from './data-set/patient-observed.js';
export { type ReadBytes, readHeader } from './data-set/read-header.js';
export { replaceElements } from './data-set/replace-elements.js';
export { itemsOf } from './data-set/sequence-items.js';
export * from './data-set/transfer-syntaxes.js';
export { type LocalPatient, PatientNotWritable, withLocalPatient } from './data-set/with-local-patient.js';
export { readDataSet, type WrittenElement, writeDataSet, writeItem, writeOpen } from './data-set/write-data-set.js';
export { writeEncapsulated } from './data-set/write-encapsulated.js';
export { type BulkDataPlace, type DataSetPiece, dataSetOfJson, headOf } from './json/data-set-of-json.js';
export { type DicomJson, type DicomJsonElement, dicomJsonOf } from './json/dicom-json.js';
export { JsonModelError } from './json/json-model-error.js';
export { JsonArrayError, type JsonArrayLimits, JsonObjects } from './json/json-objects.js';
export { nativeModelOf } from './json/native-model.js';
export { NativeModelReader } from './json/native-model-reader.js';
export { bytesOfValue } from './json/number-bytes.js';
export { paddingOf } from './json/text-bytes.js';
export { OutlinedBytes } from './packs/outlined-bytes.js';
export * from './packs/pack-format.js';
export { PackError, packEnding, readManifest } from './packs/pack-manifest.js';
export { OUTLINE_LIMIT_BYTES, OUTLINE_MEDIA_TYPE, PackOutline } from './packs/pack-outline.js';
export { changedSetDigest, EMPTY_SET_DIGEST, type NamedBytes } from './packs/set-digest.js';
export { type FileMeta, fileMeta, IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from './scan/file-meta.js';
export { Part10Scanner, type ScannedInstance, type ScanOutcome } from './scan/part10-scanner.js';
export { instanceProblem } from './store-instances/instance-problem.js';
export { MultipartError, type PartHead, TooManyParts } from './store-instances/multipart-reader.js';
export {
  type IncomingPart,
  ignoredPart,
  isDicomPart,
  MOST_PARTS,
  type PartsBody,
  type ReadParts,
  readParts,
} from './store-instances/read-parts.js';
export { commentOf, REFUSALS, type Refusal, statusOf } from './store-instances/refusal.js';
export { stowProblems } from './store-instances/stow.errors.js';
export { type PartOutcome, stowAnswer, stowAnswerBody } from './store-instances/stow-answer.js';
export { parameterOf, readStowHead, type StowContent, type StowHead } from './store-instances/stow-request.js';
export { NotTranscodable } from './transcode/data-set-rewriter.js';
export { givableSyntaxes, inExplicitLittleEndian, inUsualSyntax } from './transcode/in-usual-syntax.js';
export * from './upper-layer/index.js';

import { Uid } from '@yinglian/contracts';
import { stowProblems } from './stow.errors.js';

/** What a STOW-RS request (PS3.18 section 10.5.1) says before its body. */
export interface StowHead {
  readonly content: StowContent;
  /** Undefined when the body is one file. */
  readonly boundary: string | undefined;
  readonly answerType: StowAnswerType;
  /** The study that all instances must belong to; any when undefined. */
  readonly studyInstanceUid: string | undefined;
}

/** Files, or metadata of instances followed by their bulk data: in JSON in the first part, in XML in one part each (PS3.18 section 10.5.1.4). */
export type StowContent = 'application/dicom' | 'application/dicom+json' | 'application/dicom+xml';
export type StowAnswerType = 'application/dicom+json' | 'application/dicom+xml';

type StowProblem = (typeof stowProblems)[keyof typeof stowProblems];
type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: StowProblem; readonly detail?: string };

const LONGEST_BOUNDARY = 200;

/** Reads the headers, and the study of the address. `taken` are the kinds of content that may come. */
export function readStowHead(
  { accept, 'content-type': contentType = '' }: Readonly<Record<string, string | undefined>>,
  study: string | undefined,
  taken: readonly StowContent[] = ['application/dicom'],
): Read<StowHead> {
  const answerType = answerTypeOf(accept);
  if (answerType === undefined) return { ok: false, problem: stowProblems.STOW_NOT_ACCEPTABLE };
  const content = contentOf(contentType, taken);
  if (content === undefined) return { ok: false, problem: stowProblems.STOW_NOT_MULTIPART };
  const boundary = boundaryOf(contentType);
  if (!boundary.ok) return boundary;
  const isUid = study === undefined || Uid.safeParse(study).success;
  if (!isUid) return { ok: false, problem: stowProblems.STOW_STUDY_UID_INVALID };
  return { ok: true, value: { content, boundary: boundary.value, answerType, studyInstanceUid: study } };
}

/** RFC 2387: `multipart/related; type="application/dicom"; boundary=…`, of which a missing type is taken for the right one. */
function contentOf(contentType: string, taken: readonly StowContent[]): StowContent | undefined {
  if (isOneFile(contentType)) return 'application/dicom';
  const type = parameterOf(contentType, 'type')?.toLowerCase() ?? 'application/dicom';
  return /^multipart\/related\s*(;|$)/i.test(contentType) ? taken.find((content) => content === type) : undefined;
}

const isOneFile = (contentType: string) => /^application\/dicom\s*(;|$)/i.test(contentType);

function boundaryOf(contentType: string): Read<string | undefined> {
  if (isOneFile(contentType)) return { ok: true, value: undefined };
  const boundary = parameterOf(contentType, 'boundary') ?? '';
  return boundary !== '' && boundary.length <= LONGEST_BOUNDARY
    ? { ok: true, value: boundary }
    : { ok: false, problem: stowProblems.STOW_MULTIPART_BROKEN, detail: 'The boundary is missing' };
}

/** A parameter of a media type, without its quotes. */
export function parameterOf(contentType: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(contentType);
  return found?.[1] ?? found?.[2];
}

/** What to answer in (PS3.18 section 10.5.3); undefined when nothing of it is accepted. */
function answerTypeOf(accept = '*/*'): StowAnswerType | undefined {
  if (/\*\/\*|application\/(\*|json|dicom\+json)/i.test(accept)) return 'application/dicom+json';
  return /application\/dicom\+xml/i.test(accept) ? 'application/dicom+xml' : undefined;
}

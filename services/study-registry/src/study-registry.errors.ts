import { defineProblems } from '@yinglian/platform';

export const registryProblems = defineProblems({
  PACK_DIGEST_MISMATCH: { status: 422, title: 'The bytes are not those that the address names' },
  PACK_MALFORMED: { status: 422, title: 'The pack’s bytes and manifest do not agree, or it is no pack' },
  PACK_OF_ANOTHER_HOSPITAL: { status: 403, title: 'A gateway may bring packs of its own hospital only' },
  PACK_TOO_LARGE: { status: 413, title: 'The pack is larger than any pack may be' },
  UPLOAD_RANGE_INVALID: { status: 400, title: 'Content-Range is not the rest of a pack' },
  UPLOAD_OFFSET_MISMATCH: { status: 409, title: 'What is here of the pack ends elsewhere; ask how much that is' },
  UPLOAD_BROKEN: { status: 400, title: 'The connection ended before the pack did; what came is kept' },
  GATEWAY_WITHOUT_HOSPITAL: { status: 403, title: 'The caller’s client belongs to no hospital' },
  STORE_FULL: { status: 507, title: 'The object store has no room; try again later' },
  STUDY_NOT_FOUND: { status: 404, title: 'The province has no study of this UID' },
  STUDY_ARRIVING: { status: 404, title: 'Nothing of the study has arrived yet; try again soon' },
  SERIES_NOT_FOUND: { status: 404, title: 'The study has no series of this UID' },
  INSTANCE_NOT_FOUND: { status: 404, title: 'The series has no instance of this UID' },
  FRAME_NOT_FOUND: { status: 404, title: 'The instance has no such frame' },
  BULK_DATA_NOT_FOUND: { status: 404, title: 'The instance has no such bulk data' },
  NOT_AN_IMAGE: { status: 404, title: 'There is no picture to show of it' },
  RENDERING_UNSUPPORTED: { status: 406, title: 'Images of this kind cannot be rendered here' },
  QUERY_INVALID: { status: 400, title: 'A search key or its value is not one of PS3.18 section 8.3.4' },
});

import { type InquiryAnswer, STATUS } from '@yinglian/dicom';
import { type Failure } from '@yinglian/platform';

const FORBIDDEN = 403;
const UNAUTHENTICATED = 401;
const UNAVAILABLE = 503;

/** The last answer to what is refused as a whole; the problem's code says why. */
export function refusalAnswer({ problem: { status, code } }: Failure): InquiryAnswer {
  if (status === FORBIDDEN || status === UNAUTHENTICATED) return { status: STATUS.notAuthorized, comment: code };
  if (status === UNAVAILABLE) return { status: STATUS.outOfResources, comment: code };
  return { status: STATUS.dataSetDoesNotMatch, comment: code };
}

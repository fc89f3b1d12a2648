import { defineProblems } from './problem.js';

/** Failures that any service may answer. */
export const platformProblems = defineProblems({
  INVALID_REQUEST: { status: 400, title: 'The request does not have the documented form' },
  AUTHENTICATION_REQUIRED: { status: 401, title: 'An access token is needed' },
  TOKEN_INVALID: { status: 401, title: 'The access token is not one of this province' },
  TOKEN_EXPIRED: { status: 401, title: 'The access token has expired' },
  ROLE_NOT_ALLOWED: { status: 403, title: 'This account may not do that' },
  SECOND_FACTOR_NEEDED: { status: 403, title: 'The second factor must have been proved within the last five minutes' },
  NOT_FOUND: { status: 404, title: 'There is nothing at this address' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address does not answer that method' },
  NOT_ACCEPTABLE: { status: 406, title: 'None of the accepted media types can be given' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The body is larger than allowed' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The body’s media type is not understood here' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  INTERNAL_ERROR: { status: 500, title: 'Something unexpected went wrong; the trace id finds it in the logs' },
  UNAVAILABLE: { status: 503, title: 'A needed part is not ready; try again' },
});

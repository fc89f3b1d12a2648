import { defineProblems } from '@yinglian/platform';

export const gatewayProblems = defineProblems({
  STOW_AT_ANOTHER_HOSPITAL: { status: 403, title: 'Images are stored at the gateway of one’s own hospital' },
});

/** What the page of the gateway is answered. */
export const pageProblems = defineProblems({
  PAGE_SIGN_IN_NEEDED: { status: 401, title: 'The page of the gateway asks to sign in' },
  PAGE_SIGN_IN_WRONG: { status: 401, title: 'Username or password is wrong' },
  PAGE_SIGN_IN_WAIT: { status: 429, title: 'Too many wrong passwords: wait the seconds that are told' },
  PAGE_FROM_ELSEWHERE: { status: 403, title: 'Only the page of the gateway itself may ask for this' },
  PAGE_NEEDS_TLS: { status: 403, title: 'The page of this gateway is open over TLS only' },
  REFUSED_PACK_NOT_FOUND: { status: 404, title: 'There is no such pack here any more' },
  PACK_DAMAGED: { status: 409, title: 'The disk damaged this pack: the device must send the images again' },
  MESSAGE_NOT_PARKED: { status: 404, title: 'This message does not wait for a decision any more' },
  JOIN_NOT_FOUND: { status: 404, title: 'This study does not wait for an exam to be chosen' },
  JOIN_NOT_POSSIBLE: { status: 409, title: 'The study cannot belong to this exam: the choice has changed' },
  DEVICE_NOT_FOUND: { status: 404, title: 'The hospital has no such device' },
  DEVICE_WITHOUT_ADDRESS: { status: 409, title: 'The address of the device is not configured' },
});

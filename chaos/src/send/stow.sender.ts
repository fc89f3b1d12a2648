import { fileOf } from '@yinglian/testing';
import { z } from 'zod';
import { SENDING_TIMEOUT_MS, type Sender } from './sender.js';

const BOUNDARY = 'yinglian-chaos';
const REQUEST_INSTANCES = 8;

/** Store Instances Response (PS3.18 annex I.2): the Referenced SOP Sequence names what was stored. */
const StowAnswer = z.object({
  '00081199': z.object({ Value: z.array(z.object({ '00081155': z.object({ Value: z.tuple([z.string()]) }) })) }),
});

/** STOW-RS, a few instances in each request. */
export const stowSender: Sender = async (target, slices, acknowledged) => {
  for (let at = 0; at < slices.length; at += REQUEST_INSTANCES) {
    const parts = slices
      .slice(at, at + REQUEST_INSTANCES)
      .flatMap((slice) => [Buffer.from(`\r\n--${BOUNDARY}\r\nContent-Type: application/dicom\r\n\r\n`), fileOf(slice)]);
    const stored = await request(
      target.stow,
      target.token,
      Buffer.concat([...parts, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]),
    );
    if (stored === undefined) return;
    for (const uid of stored) acknowledged(uid);
  }
};

/** The UIDs that the answer names as stored; undefined when there was none. */
async function request(root: string, token: string, body: Buffer<ArrayBuffer>): Promise<string[] | undefined> {
  try {
    const response = await fetch(`${root}/studies`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/dicom+json',
        'content-type': `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`,
      },
      body,
      signal: AbortSignal.timeout(SENDING_TIMEOUT_MS),
    });
    const answer = StowAnswer.safeParse(await response.json());
    return answer.data?.['00081199'].Value.map((item) => item['00081155'].Value[0]) ?? [];
  } catch {
    return undefined;
  }
}

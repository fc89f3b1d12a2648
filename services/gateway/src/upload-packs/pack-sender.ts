import { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import { OUTLINE_MEDIA_TYPE, PACK_MEDIA_TYPE } from '@yinglian/dicom';
import type { GatewayMetrics } from '../gateway.metrics.js';
import type { ProvinceAnswer } from '../province/province.client.js';
import { type Lane, WindowClosed } from '../shape-uploads/upload-lanes.js';
import { SpoolReadError } from '../storage/spool-reader.js';
import { streamOf } from './pack-content.js';
import type { PackDelivery } from './pack-delivery.js';
import type { PackBytes } from './parcel.js';
import { codeOf, meaningOf, type PackAnswer } from './registry-answer.js';
import type { UploadLink } from './upload-link.js';

/** `closed`: the link's window has closed meanwhile. */
export type SendOutcome = PackAnswer | 'closed';

/** Brings one pack over one link, from where an attempt before this one got to. */
export class PackSender {
  private readonly logger = new Logger('PackUploader');

  constructor(
    private readonly metrics: GatewayMetrics,
    private readonly stopping: AbortSignal,
  ) {}

  /** The link learns whether the province was met. Throws a SpoolReadError. */
  async send(delivery: PackDelivery, content: PackBytes, link: UploadLink, lane: Lane): Promise<SendOutcome> {
    try {
      const answer = await this.exchange(delivery, content, link, lane);
      const meaning = meaningOf(answer);
      if (meaning === 'away') link.failed(String(answer.status));
      else link.succeeded();
      if (meaning === 'away' || meaning === 'later') this.notTaken(link, answer);
      return meaning;
    } catch (error) {
      if (error instanceof SpoolReadError) throw error;
      if (error instanceof WindowClosed) return 'closed';
      if (this.stopping.aborted) return 'away';
      this.metrics.uploadFailed('no-answer');
      this.logger.warn({ err: error, link: link.name }, 'A pack could not be uploaded; it will be tried again');
      link.failed('NO_ANSWER');
      return 'away';
    }
  }

  private async exchange(
    delivery: PackDelivery,
    content: PackBytes,
    link: UploadLink,
    lane: Lane,
  ): Promise<ProvinceAnswer> {
    const { isOutline = false } = content;
    const path = `/api/study-registry/packs/${content.digest}${isOutline ? '/outline' : ''}`;
    const contentType = isOutline ? OUTLINE_MEDIA_TYPE : PACK_MEDIA_TYPE;
    if (delivery.mayBeThere) {
      const { status, headers } = await link.province.head(path);
      // The registry says of a pack that it has, whatever is sent of it, what it said when the pack came.
      if (status === 200) return said(await link.province.put(path, headersOf(contentType, 0, 0), Readable.from([])));
      if (status !== 404) return { status, headers, body: '' };
      if (delivery.goOnFrom(Number(headers['upload-offset'] ?? 0), content.length)) link.succeeded();
    }
    delivery.mayBeThere = true;
    const { offset } = delivery;
    const body = streamOf(link.pace(content.pieces(offset), lane, this.stopping));
    return link.province.put(path, headersOf(contentType, offset, content.length), body);
  }

  private notTaken(link: UploadLink, { status, body }: ProvinceAnswer): void {
    this.metrics.uploadFailed(String(status));
    const about = { status, code: codeOf(body), link: link.name };
    this.logger.warn(about, 'The registry did not take a pack; it will be tried again');
  }
}

const isRefusal = (meaning: PackAnswer) => typeof meaning === 'object' && 'refused' in meaning;

/** A refusal is of the nothing that was sent, not of the pack. */
const said = (answer: ProvinceAnswer): ProvinceAnswer =>
  isRefusal(meaningOf(answer)) ? { ...answer, status: 500 } : answer;

const headersOf = (contentType: string, from: number, length: number): Record<string, string> => ({
  'content-type': contentType,
  'content-length': String(length - from),
  ...(from === 0 ? {} : { 'content-range': `bytes ${from}-${length - 1}/${length}` }),
});

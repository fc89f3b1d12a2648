import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { LinkPatientsHandler } from '../link-patients/link-patients.handler.js';
import { MergePatientsHandler } from '../merge-patients/merge-patients.handler.js';
import { PixFile } from '../serve-pix/pix-file.js';
import type { PixMessage } from '../serve-pix/pix-message.js';
import { failed, type PixReply, refused } from '../serve-pix/pix-reply.js';
import { keepFedMessage } from '../storage/fed-message.store.js';
import { takeUpNumbers } from '../storage/given-up-number.store.js';
import { lockIdentities } from '../storage/identity-locks.js';
import { type Fed, readFeed } from './read-feed.js';

const KEPT: PixReply = { kind: 'acknowledgement', outcome: 'accepted' };

/** Hospitals' systems say who their patients are, and which of them are one (ITI-8): durable before it is answered. */
@Injectable()
export class TakeFeedHandler {
  constructor(
    private readonly database: Database,
    private readonly linkPatients: LinkPatientsHandler,
    private readonly mergePatients: MergePatientsHandler,
    private readonly file: PixFile,
  ) {}

  async execute(message: PixMessage, now: Date): Promise<PixReply> {
    const { partner } = message;
    if (partner.feeds.length === 0) return refused('The sender does not feed patients here');
    const feed = readFeed(message, this.file, now);
    if (!feed.ok) return failed('The message does not say which patient it is about', ...feed.errors);
    await this.keep(message, feed.patients, now);
    return KEPT;
  }

  private async keep(message: PixMessage, patients: readonly Fed[], now: Date): Promise<void> {
    const { partner, header } = message;
    await this.database.transaction(async (tx) => {
      const fresh = await keepFedMessage(tx, partner.client, header.controlId, digestOf(message), now);
      if (!fresh) return;
      // Linking locks one patient after the other's merge; who merges the same the other way round would wait in a circle.
      const merges = patients.filter(({ merged }) => merged !== null);
      if (merges.length > 0) await lockIdentities(tx, merges.flatMap(everybodyIn), []);
      const described = patients.filter(({ observed, merged }) => merged === null || isDescribed(observed));
      await this.linkPatients.execute(
        tx,
        described.map(({ observed }) => observed),
        now,
      );
      const used = patients.flatMap(({ observed, merged }) => (merged === null ? [observed.patient] : []));
      await takeUpNumbers(tx, used);
      for (const { observed, merged } of merges) {
        if (merged !== null) await this.mergePatients.execute(tx, { patient: observed.patient, merged }, now);
      }
    });
  }
}

const everybodyIn = ({ observed, merged }: Fed) => (merged === null ? [observed.patient] : [observed.patient, merged]);

/** A40 often names the two numbers only. */
const isDescribed = ({ name }: Fed['observed']) => name.alphabetic !== undefined || name.ideographic !== undefined;

/** Of what a message says: some senders write another time into the header when they send it again. */
const digestOf = ({ message }: PixMessage): string =>
  createHash('sha256')
    .update(JSON.stringify(message.segments.filter(({ name }) => name !== 'MSH')))
    .digest('hex');

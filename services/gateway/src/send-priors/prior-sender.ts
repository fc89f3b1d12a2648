import { Injectable } from '@nestjs/common';
import {
  COMMAND,
  type LocalPatient,
  PatientNotWritable,
  type RequestedAssociation,
  STATUS,
  withLocalPatient,
} from '@yinglian/dicom';
import { DeviceCaller, MOST_CONTEXTS } from '../call-devices/device-caller.js';
import { type PriorInstance, type PriorOffer, PriorOffersClient } from './prior-offers.client.js';
import { SentPriors } from './sent-priors.store.js';

export interface Delivery {
  readonly instances: number;
  readonly refused: number;
  /** Of the first that was refused. */
  readonly reason: string;
}

const PATIENCE_MS = 60_000;
/** Out of resources: it may be taken later (PS3.4 section B.2.3). */
const isForNow = (status: number) => status >= 0xa700 && status <= 0xa7ff;
/** Stored all the same, with elements coerced or dropped. */
const isWarning = (status: number) => status >= 0xb000 && status <= 0xbfff;

/** The destination takes nothing more now. */
export class DestinationFull extends Error {
  override readonly name = 'DestinationFull';
}

/** Pushes the study of an offer to the hospital's device, under the hospital's own Patient ID. */
@Injectable()
export class PriorSender {
  constructor(
    private readonly offers: PriorOffersClient,
    private readonly caller: DeviceCaller,
    private readonly sent: SentPriors,
  ) {}

  /** Rejects with a DeviceAway, a DestinationFull, a NotAnsweredError, a PriorNotGiven, or when the province is away. */
  async send(offer: PriorOffer, destination: string): Promise<Delivery> {
    const instances = await this.offers.instances(offer.offerId);
    const uids = instances.map(({ sopInstanceUid }) => sopInstanceUid);
    await this.sent.begin(destination, offer.studyInstanceUid, uids);
    const known = this.sent.of(destination, offer.studyInstanceUid);
    const missing = instances.filter(({ sopInstanceUid }) => known.get(sopInstanceUid)?.state === 'sending');
    for (const group of groupsOf(missing)) await this.sendGroup(offer, destination, group);
    const refused = [...this.sent.of(destination, offer.studyInstanceUid).values()].filter(
      ({ state }) => state === 'refused',
    );
    return { instances: instances.length, refused: refused.length, reason: refused[0]?.reason ?? '' };
  }

  private async sendGroup(offer: PriorOffer, destination: string, group: readonly PriorInstance[]): Promise<void> {
    const contexts = contextsOf(group);
    const association = await this.caller.open({ aeTitle: destination, contexts, patienceMs: PATIENCE_MS });
    try {
      for (const instance of group) {
        const reason = await this.sendOne(association, offer, instance);
        this.sent.finish(destination, instance.sopInstanceUid, reason === undefined ? 'sent' : 'refused', reason);
      }
    } catch (error) {
      association.abort();
      throw error;
    }
    await association.release();
  }

  /** Resolves with why it was not taken, if it was not. */
  private async sendOne(association: RequestedAssociation, offer: PriorOffer, instance: PriorInstance) {
    const { sopClassUid, sopInstanceUid, transferSyntaxUid } = instance;
    if (!association.canSend(sopClassUid, transferSyntaxUid))
      return `The destination does not take ${sopClassUid} in ${transferSyntaxUid}`;
    const pieces = this.written(offer, instance);
    try {
      // The command goes out when it is certain that there is something to send.
      const first = await pieces.next();
      const { status, comment } = await association.ask(
        {
          abstractSyntax: sopClassUid,
          transferSyntax: transferSyntaxUid,
          sopClassUid,
          sopInstanceUid,
          commandField: COMMAND.store,
          dataSet: () => after(first.value, pieces),
        },
        PATIENCE_MS,
      );
      if (status === STATUS.success || isWarning(status)) return undefined;
      if (isForNow(status)) throw new DestinationFull(`${destination(status)} ${comment}`.trimEnd());
      return `${destination(status)} ${comment}`.trimEnd();
    } catch (error) {
      if (error instanceof PatientNotWritable) return error.message;
      throw error;
    }
  }

  private written({ offerId, patient, ownerHospital }: PriorOffer, instance: PriorInstance): AsyncGenerator<Buffer> {
    const local: LocalPatient = { patientId: patient.id, issuer: patient.issuer };
    return withLocalPatient(this.offers.dataSet(offerId, instance), instance.transferSyntaxUid, local, ownerHospital);
  }
}

const destination = (status: number) => `The destination answers ${status.toString(16).padStart(4, '0').toUpperCase()}`;

async function* after(first: Buffer | undefined, others: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first !== undefined) yield first;
  yield* others;
}

/** Each pair of class and transfer syntax has a context of its own: images go in the syntax that they have. */
const contextsOf = (instances: readonly PriorInstance[]) =>
  [...new Map(instances.map((each) => [pairOf(each), each])).values()].map(({ sopClassUid, transferSyntaxUid }) => ({
    abstractSyntax: sopClassUid,
    transferSyntaxes: [transferSyntaxUid],
  }));

const pairOf = ({ sopClassUid, transferSyntaxUid }: PriorInstance) => `${sopClassUid} ${transferSyntaxUid}`;

/** What fits into one association each. */
function groupsOf(instances: readonly PriorInstance[]): PriorInstance[][] {
  const groups: PriorInstance[][] = [];
  let pairs = new Set<string>();
  for (const instance of instances) {
    if (groups.length === 0 || (pairs.size === MOST_CONTEXTS && !pairs.has(pairOf(instance)))) {
      groups.push([]);
      pairs = new Set();
    }
    pairs.add(pairOf(instance));
    groups.at(-1)?.push(instance);
  }
  return groups;
}

import { Injectable } from '@nestjs/common';
import {
  COMMAND,
  givableSyntaxes,
  inUsualSyntax,
  type LocalPatient,
  NotTranscodable,
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

interface Sent {
  /** Why it was not taken, if it was not. */
  readonly reason?: string;
  /** It broke within, and nothing more can be said on the association. */
  readonly isBroken?: boolean;
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
    const missing = () => {
      const known = this.sent.of(destination, offer.studyInstanceUid);
      return instances.filter(({ sopInstanceUid }) => known.get(sopInstanceUid)?.state === 'sending');
    };
    for (let group = firstGroup(missing()); group.length > 0; group = firstGroup(missing()))
      await this.sendGroup(offer, destination, group);
    const refused = [...this.sent.of(destination, offer.studyInstanceUid).values()].filter(
      ({ state }) => state === 'refused',
    );
    return { instances: instances.length, refused: refused.length, reason: refused[0]?.reason ?? '' };
  }

  /** At least one of them is sent or refused then. One that breaks while it is sent ends the association, and the others wait. */
  private async sendGroup(offer: PriorOffer, destination: string, group: readonly PriorInstance[]): Promise<void> {
    const contexts = contextsOf(group);
    const association = await this.caller.open({ aeTitle: destination, contexts, patienceMs: PATIENCE_MS });
    try {
      for (const instance of group) {
        const { reason, isBroken } = await this.sendOne(association, offer, instance);
        this.sent.finish(destination, instance.sopInstanceUid, reason === undefined ? 'sent' : 'refused', reason);
        if (isBroken) return association.abort();
      }
    } catch (error) {
      association.abort();
      throw error;
    }
    await association.release();
  }

  private async sendOne(association: RequestedAssociation, offer: PriorOffer, instance: PriorInstance): Promise<Sent> {
    const { sopClassUid, sopInstanceUid, transferSyntaxUid } = instance;
    const syntax = givableSyntaxes(transferSyntaxUid).find((each) => association.canSend(sopClassUid, each));
    if (syntax === undefined) return { reason: notTaken(instance) };
    const pieces = this.written(offer, instance, syntax);
    let isBegun = false;
    try {
      // The command goes out when it is certain that there is something to send.
      const first = await pieces.next();
      isBegun = true;
      const { status, comment } = await association.ask(
        {
          abstractSyntax: sopClassUid,
          transferSyntax: syntax,
          sopClassUid,
          sopInstanceUid,
          commandField: COMMAND.store,
          dataSet: () => after(first.value, pieces),
        },
        PATIENCE_MS,
      );
      if (status === STATUS.success || isWarning(status)) return {};
      if (isForNow(status)) throw new DestinationFull(`${destination(status)} ${comment}`.trimEnd());
      return { reason: `${destination(status)} ${comment}`.trimEnd() };
    } catch (error) {
      if (!(error instanceof PatientNotWritable || error instanceof NotTranscodable)) throw error;
      return { reason: error.message, isBroken: isBegun };
    }
  }

  private written(
    { offerId, patient, ownerHospital }: PriorOffer,
    instance: PriorInstance,
    syntax: string,
  ): AsyncGenerator<Buffer> {
    const local: LocalPatient = { patientId: patient.id, issuer: patient.issuer };
    const dataSet = inUsualSyntax(this.offers.dataSet(offerId, instance), instance.transferSyntaxUid, syntax);
    return withLocalPatient(dataSet, syntax, local, ownerHospital);
  }
}

const destination = (status: number) => `The destination answers ${status.toString(16).padStart(4, '0').toUpperCase()}`;

async function* after(first: Buffer | undefined, others: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first !== undefined) yield first;
  yield* others;
}

const notTaken = ({ sopClassUid, transferSyntaxUid }: PriorInstance) =>
  `The destination does not take ${sopClassUid} in ${givableSyntaxes(transferSyntaxUid).join(' or ')}`;

interface Pair {
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly [string];
}

/** Each pair of class and transfer syntax has a context of its own, so that it is seen which of them the destination takes. */
const contextsOf = (instances: readonly PriorInstance[]): Pair[] => [
  ...new Map(instances.flatMap(pairsOf).map((pair) => [keyOf(pair), pair])).values(),
];

const pairsOf = ({ sopClassUid, transferSyntaxUid }: PriorInstance): Pair[] =>
  givableSyntaxes(transferSyntaxUid).map((syntax) => ({ abstractSyntax: sopClassUid, transferSyntaxes: [syntax] }));

const keyOf = ({ abstractSyntax, transferSyntaxes }: Pair) => `${abstractSyntax} ${transferSyntaxes}`;

/** What fits into one association. */
function firstGroup(instances: readonly PriorInstance[]): readonly PriorInstance[] {
  const pairs = new Set<string>();
  const end = instances.findIndex((instance) => {
    for (const pair of pairsOf(instance)) pairs.add(keyOf(pair));
    return pairs.size > MOST_CONTEXTS;
  });
  return end < 0 ? instances : instances.slice(0, end);
}

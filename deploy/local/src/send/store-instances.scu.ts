import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import dimse from 'dcmjs-dimse';

const { association, Client, constants, Dataset, log, requests } = dimse;
log.setLevel('silent');

/** One instance to store. */
export interface InstanceToStore {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  /** Reads the encoded data set, just before it is sent. */
  readDataSet(): Buffer;
}

export interface StorageTarget {
  readonly host: string;
  readonly port: number;
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
}

/** What became of an instance: the status of the C-STORE response (PS3.7 annex C), or why there was none. */
export type StoreOutcome = { readonly status: number } | { readonly problem: string };

export const isStored = (outcome: StoreOutcome) =>
  'status' in outcome && (outcome.status === 0 || (outcome.status & 0xf000) === 0xb000);

/** An association has at most 128 presentation contexts (PS3.8 section 9.3.2.2); each pair below takes up to two. */
const PAIRS_PER_ASSOCIATION = 60;
const TIMEOUT_MS = 60_000;

/** Bytes that are sent as they are: nothing is decoded and encoded again. */
class EncodedDataset extends Dataset {
  constructor(private readonly instance: InstanceToStore) {
    const { sopClassUid: SOPClassUID, sopInstanceUid: SOPInstanceUID } = instance;
    super({ SOPClassUID, SOPInstanceUID }, instance.transferSyntaxUid);
  }

  override getDenaturalizedDataset(): Buffer {
    return this.instance.readDataSet();
  }
}

/** Stores instances by C-STORE, each in its own transfer syntax, and tells what became of each one. */
export async function storeInstances<Instance extends InstanceToStore>(
  target: StorageTarget,
  instances: readonly Instance[],
  onOutcome: (instance: Instance, outcome: StoreOutcome) => void,
): Promise<void> {
  const byPair = Map.groupBy(instances, pairOf);
  const pairs = [...byPair.values()];
  for (let at = 0; at < pairs.length; at += PAIRS_PER_ASSOCIATION) {
    await storeByOneAssociation(target, pairs.slice(at, at + PAIRS_PER_ASSOCIATION).flat(), onOutcome);
  }
}

const pairOf = ({ sopClassUid, transferSyntaxUid }: InstanceToStore) => `${sopClassUid} ${transferSyntaxUid}`;

function storeByOneAssociation<Instance extends InstanceToStore>(
  target: StorageTarget,
  instances: readonly Instance[],
  onOutcome: (instance: Instance, outcome: StoreOutcome) => void,
): Promise<void> {
  const client = new Client();
  const open = new Set(instances);
  for (const instance of instances) {
    const request = new requests.CStoreRequest(new EncodedDataset(instance));
    request.on('response', (response) => {
      open.delete(instance);
      onOutcome(instance, { status: response.getStatus() });
    });
    client.addRequest(request);
  }
  for (const [first] of Map.groupBy(instances, pairOf).values()) {
    if (first === undefined) continue;
    const context = new association.PresentationContext(0, first.sopClassUid, first.transferSyntaxUid);
    client.addAdditionalPresentationContext(context, true);
  }
  return new Promise((resolve) => {
    const endWith = (problem: string) => {
      for (const instance of open) onOutcome(instance, { problem });
      open.clear();
      resolve();
    };
    client.on('associationRejected', ({ reason }) => endWith(`The association was rejected (${reasonOf(reason)})`));
    client.on('networkError', (error) => endWith(`The connection failed: ${error.message}`));
    client.on('closed', () => endWith('The connection was closed before the response'));
    sendWithoutDelay(client, target);
  });
}

const reasonOf = (code: number) =>
  Object.entries(constants.RejectReason).find(([, value]) => value === code)?.[0] ?? `reason ${code}`;

/** A message goes out as several writes; without this each one waits for the acknowledgement of the last (RFC 896). */
function sendWithoutDelay(client: InstanceType<typeof Client>, target: StorageTarget): void {
  const onSocket = (message: unknown) => {
    if (typeof message === 'object' && message !== null && 'socket' in message && message.socket instanceof Socket) {
      message.socket.setNoDelay(true);
    }
  };
  subscribe('net.client.socket', onSocket);
  client.send(target.host, target.port, target.callingAeTitle, target.calledAeTitle, {
    connectTimeout: TIMEOUT_MS,
    associationTimeout: TIMEOUT_MS,
    pduTimeout: TIMEOUT_MS,
  });
  unsubscribe('net.client.socket', onSocket);
}

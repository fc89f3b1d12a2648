import { PACK_TARGET_BYTES } from '@yinglian/dicom';
import { isSameFile } from '../storage/is-same-file.js';
import type { StoredInstance } from '../storage/segment.js';

/** Instances of one series that leave together: at most 32 MiB, or one larger one. */
export interface SealedPack {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly instances: readonly StoredInstance[];
  /** It may be at the registry already: a process before this one acknowledged its instances. */
  readonly isRecovered: boolean;
}

interface GrowingPack {
  readonly instances: Map<string, StoredInstance>;
  readonly carriers: Set<object>;
  readonly isRecovered: boolean;
  readonly timer: NodeJS.Timeout;
  bytes: number;
}

export interface PackListener {
  sealed(pack: SealedPack): void;
  /** The same bytes are in the pack already. */
  duplicate(instance: StoredInstance): void;
}

/** A pack does not wait longer for more instances. */
const OLDEST_MS = 2_000;
/** Other associations may carry the same series and are about to end, too. */
const LINGER_MS = 50;

/** Groups acknowledged instances by series until a pack is full, its senders are gone, or it has waited long enough. */
export class PackAssembler {
  private readonly growing = new Map<string, GrowingPack>();

  constructor(private readonly listener: PackListener) {}

  add(instance: StoredInstance, carrier?: object): void {
    const same = this.growing.get(keyOf(instance))?.instances.get(instance.sopInstanceUid);
    if (same === undefined) this.place(instance, carrier);
    else void this.compare(same, instance, carrier);
  }

  private async compare(same: StoredInstance, instance: StoredInstance, carrier?: object): Promise<void> {
    if (await isSameFile(same, instance)) this.listener.duplicate(instance);
    else this.place(instance, carrier);
  }

  private place(instance: StoredInstance, carrier?: object): void {
    const key = keyOf(instance);
    const growing = this.growing.get(key);
    const full = (growing?.bytes ?? 0) + instance.length > PACK_TARGET_BYTES;
    // The same SOP Instance UID with other bytes goes in a pack of its own: the registry quarantines it.
    if (full || growing?.instances.has(instance.sopInstanceUid)) this.seal(key);
    const pack = this.growing.get(key) ?? this.begin(key, carrier === undefined);
    pack.instances.set(instance.sopInstanceUid, instance);
    pack.bytes += instance.length;
    if (carrier !== undefined) pack.carriers.add(carrier);
    if (pack.bytes >= PACK_TARGET_BYTES) this.seal(key);
  }

  /** An association or a request has ended: what it carried need not wait. */
  carrierClosed(carrier: object): void {
    const keys = [...this.growing].filter(([, { carriers }]) => carriers.has(carrier)).map(([key]) => key);
    if (keys.length === 0) return;
    setTimeout(() => {
      for (const key of keys) if (this.growing.get(key)?.carriers.has(carrier)) this.seal(key);
    }, LINGER_MS).unref();
  }

  sealAll(): void {
    for (const key of [...this.growing.keys()]) this.seal(key);
  }

  private begin(key: string, isRecovered: boolean): GrowingPack {
    const timer = setTimeout(() => this.seal(key), OLDEST_MS).unref();
    const pack: GrowingPack = { instances: new Map(), carriers: new Set(), isRecovered, timer, bytes: 0 };
    this.growing.set(key, pack);
    return pack;
  }

  private seal(key: string): void {
    const pack = this.growing.get(key);
    if (pack === undefined) return;
    clearTimeout(pack.timer);
    this.growing.delete(key);
    const instances = [...pack.instances.values()];
    const [first] = instances;
    if (first === undefined) return;
    const { studyInstanceUid, seriesInstanceUid } = first;
    this.listener.sealed({ studyInstanceUid, seriesInstanceUid, instances, isRecovered: pack.isRecovered });
  }
}

const keyOf = ({ studyInstanceUid, seriesInstanceUid }: StoredInstance) => `${studyInstanceUid} ${seriesInstanceUid}`;

import {
  type DataSetSink,
  isStorageClass,
  type OutgoingMessages,
  type ResponseFields,
  type Service,
  type ServiceAssociation,
  type ServiceRequest,
  STATUS,
  type StoreAnswer,
  type StoreRequest,
} from '@yinglian/dicom';
import type { StorageAssociation } from '../receive-instances/store-instances.scp.js';
import type { Device } from './device.js';
import type { DeviceSightings } from './device-sightings.js';
import type { DevicePeer, DimseService } from './dimse-service.js';

/** What one device finds behind an association that it opened. */
export class DeviceAssociation implements ServiceAssociation {
  private peer: DevicePeer | undefined;

  constructor(
    private readonly device: Device,
    private readonly storage: StorageAssociation,
    private readonly services: readonly DimseService[],
    private readonly sightings: DeviceSightings,
  ) {
    sightings.associationOpened(device.aeTitle);
  }

  get maximumLength(): number {
    return this.device.maximumPduLength;
  }

  serviceOf(abstractSyntax: string): Service | undefined {
    if (this.serving(abstractSyntax) !== undefined) return 'messages';
    const { sopClasses } = this.device;
    const isAllowed = sopClasses === undefined || sopClasses.includes(abstractSyntax);
    return isAllowed && isStorageClass(abstractSyntax) ? 'storage' : undefined;
  }

  opened(outgoing: OutgoingMessages): void {
    const peer = { aeTitle: this.device.aeTitle, outgoing };
    this.peer = peer;
    for (const service of this.services) service.opened?.(peer);
  }

  echoed(): void {
    this.sightings.echoed(this.device.aeTitle);
  }

  store(request: StoreRequest): DataSetSink | StoreAnswer {
    const sink = this.storage.store(request);
    if ('status' in sink) return sink;
    return {
      write: (bytes) => sink.write(bytes),
      abandon: () => sink.abandon(),
      end: async () => {
        const answer = await sink.end();
        if (answer.status === STATUS.success) this.sightings.imageStored(this.device.aeTitle);
        return answer;
      },
    };
  }

  async perform(request: ServiceRequest): Promise<ResponseFields> {
    const service = this.serving(request.abstractSyntax);
    if (service === undefined || this.peer === undefined) return { status: STATUS.unrecognizedOperation };
    return service.perform(request, this.peer);
  }

  closed(): void {
    this.sightings.associationClosed(this.device.aeTitle);
    this.storage.closed();
    const { peer } = this;
    if (peer !== undefined) for (const service of this.services) service.closed?.(peer);
  }

  private serving(abstractSyntax: string): DimseService | undefined {
    return this.services.find(({ abstractSyntaxes }) => abstractSyntaxes.includes(abstractSyntax));
  }
}

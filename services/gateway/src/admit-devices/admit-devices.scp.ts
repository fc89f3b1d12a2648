import { Inject, Injectable } from '@nestjs/common';
import type { AssociationTitles, Rejection, ServiceAssociation, ServiceProvider } from '@yinglian/dicom';
import { HospitalConfiguration } from '../follow-configuration/hospital-configuration.js';
import { GatewayMetrics } from '../gateway.metrics.js';
import { StoreInstancesScp } from '../receive-instances/store-instances.scp.js';
import type { Device } from './device.js';
import { DeviceAssociation } from './device-association.js';
import { DeviceBook } from './device-book.js';
import { DIMSE_SERVICES, type DimseService } from './dimse-service.js';

/** Who may associate: whoever the directory lists, within the limits that the hospital sets to the device. */
@Injectable()
export class AdmitDevicesScp implements ServiceProvider {
  constructor(
    private readonly configuration: HospitalConfiguration,
    private readonly devices: DeviceBook,
    private readonly storage: StoreInstancesScp,
    @Inject(DIMSE_SERVICES) private readonly services: readonly DimseService[],
    private readonly metrics: GatewayMetrics,
  ) {}

  admit(titles: AssociationTitles): ServiceAssociation | Rejection {
    const device = this.devices.find(titles.callingAeTitle);
    const rejection = this.listed(titles) ?? this.limited(device, titles);
    if (rejection === undefined)
      return new DeviceAssociation(device, this.storage.open(device.aeTitle), this.services, this.devices.sightings);
    this.metrics.associationRefused(rejection);
    return rejection;
  }

  private listed({ callingAeTitle, calledAeTitle }: AssociationTitles): Rejection | undefined {
    const { current } = this.configuration;
    if (current === undefined) return 'temporaryCongestion';
    if (calledAeTitle !== current.aeTitle) return 'calledAeTitleUnknown';
    return current.callingAeTitles.includes(callingAeTitle) ? undefined : 'callingAeTitleUnknown';
  }

  private limited(device: Device, { isSecure }: AssociationTitles): Rejection | undefined {
    if (device.requireTls && !isSecure) return 'noReasonGiven';
    const open = this.devices.sightings.openAssociations(device.aeTitle);
    return open < device.maximumAssociations ? undefined : 'localLimitExceeded';
  }
}

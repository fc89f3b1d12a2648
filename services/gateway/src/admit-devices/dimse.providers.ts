import type { Provider } from '@nestjs/common';
import { UpperLayerServer } from '@yinglian/dicom';
import { Alarms } from '../alarms/alarms.js';
import { commitStorageProvider } from '../commit-storage/commit-storage.provider.js';
import { CommitStorageScp } from '../commit-storage/commit-storage.scp.js';
import { TLS_IDENTITY, TlsIdentity } from '../follow-certificates/tls-identity.js';
import type { GatewayConfig } from '../gateway.config.js';
import { StoreInstancesScp } from '../receive-instances/store-instances.scp.js';
import { receiveMppsProvider } from '../receive-mpps/receive-mpps.provider.js';
import { ReceiveMppsScp } from '../receive-mpps/receive-mpps.scp.js';
import { AdmitDevicesScp } from './admit-devices.scp.js';
import { associationOptions } from './association-options.js';
import { DeviceBook } from './device-book.js';
import { DeviceSightings } from './device-sightings.js';
import { DicomDoors } from './dicom-doors.js';
import { DIMSE_SERVICES, type DimseService } from './dimse-service.js';
import { KeepSightings } from './keep-sightings.js';

/** Everything that speaks DIMSE with the hospital's devices. */
export const dimseProviders = (config: GatewayConfig): Provider[] => [
  DeviceSightings,
  KeepSightings,
  DeviceBook,
  StoreInstancesScp,
  AdmitDevicesScp,
  commitStorageProvider(config),
  receiveMppsProvider,
  {
    provide: DIMSE_SERVICES,
    inject: [CommitStorageScp, ReceiveMppsScp],
    useFactory: (...services: DimseService[]) => services,
  },
  { provide: TLS_IDENTITY, inject: [Alarms], useFactory: (alarms: Alarms) => tlsIdentity(config, alarms) },
  {
    provide: DicomDoors,
    inject: [AdmitDevicesScp, DIMSE_SERVICES, TLS_IDENTITY],
    useFactory: (scp: AdmitDevicesScp, services: readonly DimseService[], identity: TlsIdentity | undefined) => {
      const limits = { ...associationOptions(config), maximumAssociations: config.MAX_ASSOCIATIONS };
      return new DicomDoors(new UpperLayerServer(scp, limits), services, config, identity);
    },
  },
];

/** Undefined when the gateway has no key for DICOM. Rejects when its files are wrong, or one is missing. */
async function tlsIdentity(config: GatewayConfig, alarms: Alarms): Promise<TlsIdentity | undefined> {
  const { DICOM_TLS_PORT, DICOM_TLS_KEY_FILE: key, DICOM_TLS_CERTIFICATE_FILE: certificate } = config;
  const { DICOM_TLS_CA_FILE: authorities } = config;
  if (key === undefined && certificate === undefined && authorities === undefined && DICOM_TLS_PORT === undefined) {
    return undefined;
  }
  if (key === undefined || certificate === undefined || authorities === undefined) {
    throw new Error('DICOM over TLS needs a key, a certificate and the authorities of devices');
  }
  return TlsIdentity.open({ key, certificate, authorities }, FOR_DICOM, alarms);
}

const FOR_DICOM = {
  name: 'DICOM',
  filesInvalid: 'DICOM_TLS_FILES_INVALID',
  certificateEnds: 'DICOM_CERTIFICATE_ENDS',
} as const;

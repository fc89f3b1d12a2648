import { Injectable } from '@nestjs/common';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { type Device, usualDevice } from './device.js';
import { DeviceSightings } from './device-sightings.js';

/** The hospital's devices, as its file describes them now. */
@Injectable()
export class DeviceBook {
  constructor(
    private readonly file: HospitalFile,
    readonly sightings: DeviceSightings,
  ) {}

  /** One that is not described has the presets. */
  find(aeTitle: string): Device {
    return this.list().find((device) => device.aeTitle === aeTitle) ?? usualDevice(aeTitle);
  }

  list(): readonly Device[] {
    return this.file.current.devices;
  }
}

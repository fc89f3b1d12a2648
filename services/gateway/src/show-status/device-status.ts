import type { Device } from '../admit-devices/device.js';
import type { DeviceSighting } from '../admit-devices/device-sightings.js';
import type { DeviceStatus } from './gateway-status.js';

interface KnownDevices {
  /** AE titles that the province lists. */
  readonly listed: readonly string[];
  /** Those that the hospital's file describes. */
  readonly described: readonly Device[];
  readonly sightings: readonly DeviceSighting[];
}

/** Every device that is listed, described or was seen: who was here last first, then by AE title. */
export function deviceStatus({ listed, described, sightings }: KnownDevices): DeviceStatus[] {
  const titles = new Set([...listed, ...described.map(titleOf), ...sightings.map(titleOf)]);
  return Array.from(titles, (aeTitle): DeviceStatus => {
    const device = described.find((each) => each.aeTitle === aeTitle);
    const seen = sightings.find((each) => each.aeTitle === aeTitle);
    return {
      aeTitle,
      name: device === undefined || device.name === aeTitle ? null : device.name,
      kind: device?.kind ?? null,
      address: device?.host === undefined ? null : `${device.host}:${device.port}`,
      isListed: listed.includes(aeTitle),
      openAssociations: seen?.openAssociations ?? 0,
      lastAssociationAt: seen?.lastAssociationAt ?? null,
      lastEchoAt: seen?.lastEchoAt ?? null,
      lastImageAt: seen?.lastImageAt ?? null,
      images: seen?.images ?? 0,
    };
  }).sort(
    (one, other) =>
      (other.lastAssociationAt ?? '').localeCompare(one.lastAssociationAt ?? '') ||
      one.aeTitle.localeCompare(other.aeTitle),
  );
}

const titleOf = ({ aeTitle }: { aeTitle: string }) => aeTitle;

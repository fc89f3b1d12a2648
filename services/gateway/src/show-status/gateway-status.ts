import type { Alarm } from '../alarms/alarms.js';

/** Everything that the page of a gateway shows, read in one go. Times are UTC instants. Of patients it says nothing. */
export interface GatewayStatus {
  readonly at: string;
  readonly hospital: { readonly code: string; readonly name: string | null; readonly aeTitle: string | null };
  readonly alarms: readonly Alarm[];
  readonly arriving: ArrivingStudies;
  readonly queue: Queue;
  readonly devices: readonly DeviceStatus[];
  readonly refusedPacks: RefusedPackList;
}

/** Studies that are not wholly at the province yet: those that moved last first, not more than a screen holds. */
export interface ArrivingStudies {
  readonly total: number;
  readonly studies: readonly ArrivingStudy[];
}

/** The accession number lets the hospital find the study in its own systems; nothing else of it is about a person. */
export interface ArrivingStudy {
  readonly accessionNumber: string;
  readonly modality: string;
  /** AE titles of who sent it; STOW-RS for a program. */
  readonly from: readonly string[];
  readonly firstAt: string;
  readonly lastAt: string;
  /** Received, and of these the ones that the registry does not have yet. */
  readonly instances: number;
  readonly waitingInstances: number;
  readonly bytes: number;
  /** Whether somebody is still sending. */
  readonly isOpen: boolean;
}

/** What was acknowledged and is not at the registry yet. */
export interface Queue {
  readonly studies: number;
  readonly instances: number;
  readonly bytes: number;
  readonly packs: number;
  readonly oldestAt: string | null;
  readonly hasRoom: boolean;
}

export interface DeviceStatus {
  readonly aeTitle: string;
  readonly name: string | null;
  readonly kind: string | null;
  /** Where it listens; without it no echo can be sent to it. */
  readonly address: string | null;
  /** Whether the province lets it send: only then is it admitted. */
  readonly isListed: boolean;
  readonly openAssociations: number;
  readonly lastAssociationAt: string | null;
  readonly lastEchoAt: string | null;
  readonly lastImageAt: string | null;
  readonly images: number;
}

export interface RefusedPackList {
  readonly total: number;
  readonly packs: readonly RefusedPackStatus[];
}

export interface RefusedPackStatus {
  readonly digest: string;
  readonly reason: string;
  readonly refusedAt: string;
  readonly sizeBytes: number;
}

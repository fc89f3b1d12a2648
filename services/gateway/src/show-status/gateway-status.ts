import type { AlarmCode } from '../alarms/alarm-codes.js';

/** Everything that the page of a gateway shows, read in one go. Times are UTC instants. Of patients it says nothing. */
export interface GatewayStatus {
  readonly at: string;
  readonly hospital: { readonly code: string; readonly name: string | null; readonly aeTitle: string | null };
  readonly alarms: readonly AlarmStatus[];
  readonly arriving: ArrivingStudies;
  readonly queue: Queue;
  readonly links: readonly LinkStatus[];
  readonly devices: readonly DeviceStatus[];
  readonly messages: MessageStatus;
  readonly joins: JoinStatus;
  readonly refusedPacks: RefusedPackList;
}

/** What is wrong now. */
export interface AlarmStatus {
  readonly code: AlarmCode;
  readonly severity: 'error' | 'warning';
  readonly since: string;
  readonly details: Readonly<Record<string, string | number>>;
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

/** One line to the province. */
export interface LinkStatus {
  readonly name: string;
  /** `closed`: its window lets nothing but urgent studies pass. `down`: the last attempt failed. */
  readonly state: 'up' | 'down' | 'closed';
  readonly uploading: number;
  /** What it may carry at this hour; null without a limit. */
  readonly megabitsPerSecond: number | null;
  readonly bytesPerSecond: number;
  readonly bytesToday: number;
  readonly lastSuccessAt: string | null;
  readonly lastFailureAt: string | null;
  /** A status, or `NO_ANSWER`. */
  readonly lastFailure: string | null;
  readonly failuresInARow: number;
}

/** How HIS and RIS are heard. */
export interface MessageStatus {
  readonly today: { readonly received: number; readonly duplicates: number; readonly applied: number };
  readonly parked: number;
  readonly waiting: number;
  readonly senders: readonly {
    readonly application: string;
    readonly facility: string;
    readonly lastMessageAt: string;
    readonly receivedToday: number;
  }[];
}

/** Studies that may belong to several exams, and those of which a person has said to which: a thousand are not told from more. */
export interface JoinStatus {
  readonly undecided: number;
  readonly decided: number;
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
  /** Somebody wants it to be uploaded once more, and its turn has not come. */
  readonly isWaiting: boolean;
}

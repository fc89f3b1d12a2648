import { Injectable } from '@nestjs/common';
import type { ParkReason } from '../map-messages/park-reasons.js';
import { ParkedMessageStore } from '../storage/parked-message.store.js';

const PAGE = 100;

/** A message that a person has to look at. It says where the trouble is, and nothing about a patient. */
export interface ParkedMessage {
  readonly sequence: number;
  readonly receivedAt: string;
  readonly application: string;
  readonly facility: string;
  readonly controlId: string;
  readonly type: string;
  /** The sender used the control id before, for another message. */
  readonly isControlIdReused: boolean;
  readonly reason: ParkReason;
  /** A place in the message, for instance `PV1-2`. */
  readonly place: string;
  /** Later messages of the same patient or order that wait until it is replayed or discarded. */
  readonly waitingBehind: number;
}

@Injectable()
export class ListParkedMessagesHandler {
  constructor(private readonly parked: ParkedMessageStore) {}

  /** The oldest hundred after that one, of a reason or of all; and how many there are of each reason. */
  execute({ after = 0, reason }: { after?: number; reason?: string } = {}): {
    messages: readonly ParkedMessage[];
    byReason: readonly { reason: string; messages: number }[];
  } {
    return { messages: this.parked.list(after, reason, PAGE), byReason: this.parked.countByReason() };
  }
}

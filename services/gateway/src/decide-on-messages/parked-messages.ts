/** Messages that wait for a person, as the page sees them: nothing about a patient. */
export interface ParkedMessages {
  /** The oldest hundred. */
  readonly messages: readonly ParkedMessageStatus[];
  readonly byReason: readonly { readonly reason: string; readonly messages: number }[];
}

export interface ParkedMessageStatus {
  readonly sequence: number;
  readonly receivedAt: string;
  readonly application: string;
  readonly facility: string;
  readonly controlId: string;
  readonly type: string;
  readonly isControlIdReused: boolean;
  readonly reason: string;
  readonly place: string;
  readonly waitingBehind: number;
}

/** A message as it came. */
export interface RawMessage {
  readonly text: string;
  /** It is longer than what is shown. */
  readonly isCut: boolean;
  readonly charset: string;
  readonly isGuessed: boolean;
}

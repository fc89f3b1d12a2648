/** One event as the log keeps it. The log never looks into the envelope. */
export interface LogRecord {
  readonly topic: string;
  /** Records with one key stay in order. */
  readonly key: string;
  readonly eventId: string;
  /** The CloudEvent as structured JSON. */
  readonly envelope: string;
}

export interface SubscribeOptions {
  /** Members of one group share the partitions between them. */
  readonly group: string;
  /** Topics, or `hospital` for the topics of all hospitals, also of those that join later. */
  readonly families: readonly string[];
  /**
   * Handles records of one partition in order; the group's offset moves on when it resolves. One call at a time per
   * partition. It retries by itself and rejects only when the signal told it to give up.
   */
  readonly onRecords: (records: readonly LogRecord[], signal: AbortSignal) => Promise<void>;
}

export interface LogSubscription {
  /** Records in the log that the group has not committed yet, by topic. */
  lag(): Promise<ReadonlyMap<string, number>>;
  /** Whether the group has committed, within the time, all that these families held when this was called. */
  caughtUp(families: readonly string[], timeoutMs: number): Promise<boolean>;
  /** Finishes what is being handled, commits it and leaves the group. */
  close(): Promise<void>;
}

/** The event log: topics of ordered partitions, appended by outbox relays and gateways, read by consumer groups. */
export interface EventLog {
  /** Resolves when every record is durable. Repeating records after a failure is safe. Throws when the log cannot be reached. */
  append(records: readonly LogRecord[]): Promise<void>;
  subscribe(options: SubscribeOptions): Promise<LogSubscription>;
  /** Closes its subscriptions, then its connections. It may be called again. */
  close(): Promise<void>;
}

/** Whether a topic belongs to one of the families. */
export const inFamilies = (topic: string, families: readonly string[]): boolean =>
  families.some((family) => topic === family || (family === 'hospital' && topic.startsWith('hospital.')));

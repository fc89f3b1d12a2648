import type { z } from 'zod';

/** A topic shared by the province, or `hospital.<code>`, which only that hospital's gateway may write. */
export type Topic = 'persons' | 'studies' | 'consents' | 'directory' | 'audit' | `hospital.${string}`;

/**
 * One event type in one version. Published versions are never edited: their golden JSON in `golden/` is parsed by
 * every consumer's test for ever. A change is a new version beside the old.
 */
export interface EventDefinition<Data extends z.ZodType = z.ZodType> {
  /** `<aggregate>.<past participle>.v<n>`, the CloudEvents `type`. */
  readonly type: string;
  /** One sentence that says exactly when it is emitted. */
  readonly emitted: string;
  /** The topic family, for documentation and access control. */
  readonly topicFamily: 'hospital' | Exclude<Topic, `hospital.${string}`>;
  readonly data: Data;
  topicOf(data: z.output<Data>): Topic;
  /** Events with one key are delivered in order. Key and source make up the CloudEvents `subject`. */
  keyOf(data: z.output<Data>): string;
}

export type EventData<D extends EventDefinition> = z.output<D['data']>;

interface SharedTopicEvent<Data extends z.ZodType> {
  type: string;
  topic: Exclude<Topic, `hospital.${string}`>;
  key: (data: z.output<Data>) => string;
  emitted: string;
  data: Data;
}

/** An event on one of the province's own topics. */
export function defineEvent<Data extends z.ZodType>(event: SharedTopicEvent<Data>): EventDefinition<Data> {
  return {
    type: event.type,
    emitted: event.emitted,
    topicFamily: event.topic,
    data: event.data,
    topicOf: () => event.topic,
    keyOf: event.key,
  };
}

/** An event that a hospital's gateway writes to that hospital's topic; its data names the hospital. */
export function defineHospitalEvent<Data extends z.ZodType<{ hospital: string }>>(
  event: Omit<SharedTopicEvent<Data>, 'topic'>,
): EventDefinition<Data> {
  return {
    type: event.type,
    emitted: event.emitted,
    topicFamily: 'hospital',
    data: event.data,
    topicOf: (data) => `hospital.${data.hospital}`,
    keyOf: event.key,
  };
}

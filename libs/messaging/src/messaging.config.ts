import { z } from 'zod';

/** What a process that publishes or consumes events reads from its environment. */
export const messagingShape = {
  EVENTS: z.enum(['postgres', 'kafka']).default('postgres').describe('Which event log moves the events'),
  EVENT_LOG_URL: z
    .string()
    .optional()
    .describe("postgres:// URL of the event log database with the service's own role; needed when EVENTS is postgres"),
  KAFKA_BROKERS: z.string().optional().describe('host:port of brokers, comma separated; needed when EVENTS is kafka'),
};

export type MessagingConfig = z.output<z.ZodObject<typeof messagingShape>>;

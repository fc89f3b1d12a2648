import type { INestApplication } from '@nestjs/common';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { EventLogTransport } from './event-log.transport.js';

/** Connects the service's @ConsumeEvents handlers to the event log: `prepare: (app) => connectEvents(app)`. */
export function connectEvents(app: INestApplication): void {
  app.connectMicroservice<MicroserviceOptions>({ strategy: app.get(EventLogTransport) }, { inheritAppConfig: false });
}

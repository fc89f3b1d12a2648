import { flushCompileCache } from 'node:module';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import type { ServiceConfig } from './config/define-config.js';
import { dropUnreadBodies } from './drop-unread-bodies.js';
import { answerFrameworkError } from './errors/problem.filter.js';
import { openApiOf } from './openapi/openapi.js';
import { startTelemetry } from './telemetry/telemetry.js';
import { traceRequests } from './telemetry/trace-requests.js';

export interface ServiceDefinition {
  readonly name: string;
  readonly config: ServiceConfig;
  readonly module: Type | DynamicModule;
  /** Bodies of these media types reach their controller as a stream, unparsed and unbounded: the controller bounds them. */
  readonly streamedMediaTypes?: readonly (string | RegExp)[];
  /** Called with the application before it listens: transports to connect, raw routes to mount. */
  readonly prepare?: (app: NestFastifyApplication) => Promise<void> | void;
}

export interface RunningService {
  readonly app: NestFastifyApplication;
  /** http://host:port */
  readonly address: string;
  stop(): Promise<void>;
}

const STOP_TIMEOUT_MS = 10_000;
/** For how long answers may go on when the service is to stop. */
const ANSWER_TIMEOUT_MS = 3_000;
const LARGEST_JSON_BYTES = 1024 * 1024;
/** RFC 6839 section 3.1, for instance application/fhir+json. */
const JSON_BY_ANOTHER_NAME = /^application\/[\w.-]+\+json(;|$)/;
/** Characters of one part of an address: a list of frames may be long. */
const LONGEST_PARAMETER = 8_192;

/** Starts a service: the whole of every main.ts. SIGTERM, SIGINT or the launcher's end stop it cleanly. */
export async function startService(definition: ServiceDefinition): Promise<RunningService> {
  const service = await createService(definition);
  const stop = async () => {
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    await service.stop();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
  // Thousands of files when there are none yet: Node would write them when it ends, all services at once, and who stops them would wait.
  flushCompileCache();
  process.send?.({ ready: true, address: service.address });
  return service;
}

/** The same without touching the process's signals, for tests. */
export async function createService(definition: ServiceDefinition): Promise<RunningService> {
  const telemetry = await startTelemetry(definition.name);
  const app = await NestFactory.create<NestFastifyApplication>(
    definition.module,
    new FastifyAdapter({
      bodyLimit: LARGEST_JSON_BYTES,
      routerOptions: { maxParamLength: LONGEST_PARAMETER },
      frameworkErrors: answerFrameworkError,
      // Requests that are being answered when the service stops are answered.
      forceCloseConnections: 'idle',
    }),
    { bufferLogs: true, abortOnError: false },
  );
  app.useLogger(app.get(Logger));
  const fastify = app.getHttpAdapter().getInstance();
  traceRequests(fastify);
  dropUnreadBodies(fastify.server);
  fastify.addContentTypeParser(
    JSON_BY_ANOTHER_NAME,
    { parseAs: 'string' },
    fastify.getDefaultJsonParser('error', 'error'),
  );
  for (const type of definition.streamedMediaTypes ?? []) {
    fastify.addContentTypeParser(type, (_request, payload, done) => done(null, payload));
  }
  await definition.prepare?.(app);
  await app.startAllMicroservices();
  fastify.get(`/api/${definition.name}/openapi.json`, () => openApiOf(app, definition.name));
  await app.listen(definition.config.PORT, definition.config.HOST);
  const address = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  return {
    app,
    address,
    async stop() {
      const insist = setTimeout(() => fastify.server.closeAllConnections(), ANSWER_TIMEOUT_MS);
      await app.close();
      clearTimeout(insist);
      await telemetry.stop();
    },
  };
}

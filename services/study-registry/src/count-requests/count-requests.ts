import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { Database } from '@yinglian/persistence';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requestKind } from '../domain/request-kind.js';
import { RequestCountStore } from '../storage/request-count.store.js';
import { RequestCounts } from './request-counts.js';

const KEPT_EVERY_MS = 10_000;
const FORGOTTEN_EVERY_MS = 3_600_000;
const SLOW_MS = 100;
/** A keyword or a tag, as every parameter is that a search was answered for. */
const KEY = /^[A-Za-z0-9.]{1,64}$/;

interface Begun {
  readonly at: number;
  readonly written: number;
}

/** Counts what this process is asked, for the operators' page: in memory, and every ten seconds into its row of the minute. */
@Injectable()
export class CountRequests implements OnModuleInit, OnApplicationShutdown {
  private readonly process = randomUUID();
  private readonly counts = new RequestCounts();
  private readonly begun = new WeakMap<FastifyRequest, Begun>();
  private keeping: NodeJS.Timeout | undefined;
  private forgetting: NodeJS.Timeout | undefined;
  private kept: Promise<void> = Promise.resolve();

  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    const fastify: FastifyInstance = this.host.httpAdapter.getInstance();
    fastify.addHook('onRequest', (request, _reply, done) => {
      this.begun.set(request, { at: performance.now(), written: request.raw.socket.bytesWritten });
      done();
    });
    fastify.addHook('onResponse', (request, reply, done) => {
      this.count(request, reply.statusCode >= 500);
      done();
    });
    fastify.addHook('onRequestAbort', (request, done) => {
      this.count(request, true);
      done();
    });
    this.keeping = setInterval(() => void this.keep(), KEPT_EVERY_MS).unref();
    this.forgetting = setInterval(() => void this.forget(), FORGOTTEN_EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.keeping);
    clearInterval(this.forgetting);
    await this.keep();
  }

  /** Writes what was counted since. What cannot be written now is lost: it is for looking at, and nothing waits for it. */
  keep(): Promise<void> {
    this.kept = this.kept.then(() =>
      new RequestCountStore(this.database).add(this.process, new Date(), this.counts.take()).catch(() => {}),
    );
    return this.kept;
  }

  private forget(): Promise<void> {
    return new RequestCountStore(this.database).forget(new Date()).catch(() => {});
  }

  private count(request: FastifyRequest, hasFailed: boolean): void {
    const begun = this.begun.get(request);
    const route = request.routeOptions.url;
    const kind = requestKind(request.method, route);
    if (begun === undefined || kind === null) return;
    this.begun.delete(request);
    const sent = request.raw.socket.bytesWritten - begun.written;
    const received = hasFailed ? 0 : Number(request.headers['content-length'] ?? 0);
    const milliseconds = Math.round(performance.now() - begun.at);
    this.counts.add({ kind, hasFailed, bytes: kind === 'receive' ? received : sent, milliseconds });
    if (kind !== 'find' || hasFailed || milliseconds < SLOW_MS) return;
    const keys = Object.keys(request.query ?? {}).filter((key) => KEY.test(key));
    this.counts.addSearch({ at: new Date(), route: route ?? '', keys, milliseconds });
  }
}

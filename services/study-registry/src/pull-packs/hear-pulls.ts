import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database, Listener } from '@yinglian/persistence';
import { CHANGED_PULLS } from '../storage/pull.store.js';
import { ArrivingPacks } from './arriving-packs.js';

/** Hears from the database what becomes of packs that come to other processes, and wakes those who wait for them here. */
@Injectable()
export class HearPulls implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly listener: Listener;

  constructor(database: Database, arriving: ArrivingPacks) {
    this.listener = new Listener(database, CHANGED_PULLS, {
      heard: (digest) => arriving.bell.ring(digest),
      // Who waits looks for itself now and then.
      listens: () => {},
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.listener.listen();
  }

  onModuleDestroy(): Promise<void> {
    return this.listener.close();
  }
}

import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { forgetFedMessages } from '../storage/fed-message.store.js';

const EVERY_MS = 3_600_000;

/** Forgets that messages were fed, once none of them is sent again. */
@Injectable()
export class ForgetFedMessages implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    // What cannot be deleted now is deleted in an hour.
    this.timer = setInterval(() => void forgetFedMessages(this.database).catch(() => {}), EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}

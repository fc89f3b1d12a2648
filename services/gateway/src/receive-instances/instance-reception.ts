import { Injectable } from '@nestjs/common';
import type { Origin } from '../domain/origin.js';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import { InstanceIntake } from './instance-intake.js';

/** Where instances come in, by whatever protocol. */
@Injectable()
export class InstanceReception {
  constructor(private readonly forward: ForwardInstances) {}

  /** For one association or one request; to be closed. */
  open(origin: Origin): InstanceIntake {
    return new InstanceIntake(this.forward.spool, origin, this.forward);
  }
}

import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { WorkstationChangedV1, WorkstationRemovedV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import { WorkstationStore } from '../../storage/workstation.store.js';

/** Which workstations there are is what the directory says. Events of one AE title come in their order. */
@Controller()
export class KeepWorkstationsConsumer {
  @ConsumeEvents(WorkstationChangedV1)
  async changed(@Payload() batch: readonly ReceivedEvent<typeof WorkstationChangedV1>[], @Ctx() { tx }: EventContext) {
    const workstations = new WorkstationStore(tx);
    for (const { data } of batch) await workstations.put(data);
  }

  @ConsumeEvents(WorkstationRemovedV1)
  async removed(@Payload() batch: readonly ReceivedEvent<typeof WorkstationRemovedV1>[], @Ctx() { tx }: EventContext) {
    const workstations = new WorkstationStore(tx);
    for (const { data } of batch) await workstations.remove(data.aeTitle);
  }
}

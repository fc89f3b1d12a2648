import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { GatewayReportedV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import { GatewayReportStore } from '../storage/gateway-report.store.js';

/** What gateways report of their days is kept for the province's administrators. */
@Controller()
export class KeepGatewayReportsConsumer {
  @ConsumeEvents(GatewayReportedV1)
  async reported(@Payload() batch: readonly ReceivedEvent<typeof GatewayReportedV1>[], @Ctx() { tx }: EventContext) {
    const reports = new GatewayReportStore(tx);
    for (const { data } of batch) await reports.put(data);
  }
}

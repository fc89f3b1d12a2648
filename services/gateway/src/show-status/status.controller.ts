import { Controller, Get, Header } from '@nestjs/common';
import { OnThePage } from '../sign-in/page.guard.js';
import type { GatewayStatus } from './gateway-status.js';
import { ShowStatusHandler } from './show-status.handler.js';

@Controller('api/gateway/status')
@OnThePage()
export class StatusController {
  constructor(private readonly showStatus: ShowStatusHandler) {}

  @Get()
  @Header('cache-control', 'no-store')
  read(): GatewayStatus {
    return this.showStatus.execute(new Date());
  }
}

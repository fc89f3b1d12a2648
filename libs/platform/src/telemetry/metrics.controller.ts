import { Controller, Get, Header } from '@nestjs/common';
import { AllowEveryone } from '../auth/allow.decorator.js';
import { OutsideApi } from '../openapi/outside-api.js';
import { metricsText } from './telemetry.js';

@Controller('metrics')
@OutsideApi()
@AllowEveryone()
export class MetricsController {
  @Get()
  @Header('content-type', 'text/plain; version=0.0.4')
  metrics() {
    return metricsText();
  }
}

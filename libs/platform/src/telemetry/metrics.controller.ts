import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AllowEveryone } from '../auth/allow.decorator.js';
import { metricsText } from './telemetry.js';

@Controller('metrics')
@ApiExcludeController()
@AllowEveryone()
export class MetricsController {
  @Get()
  @Header('content-type', 'text/plain; version=0.0.4')
  metrics() {
    return metricsText();
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get, Logger, Module, Param } from '@nestjs/common';
import { AllowEveryone, defineConfig, PlatformModule, startService } from '../index.js';

const POURING_MS = 700;

/** A service for the specs of the platform, run as a process. */
@Controller('api/tea')
@AllowEveryone()
class TeaController {
  private readonly logger = new Logger(TeaController.name);

  @Get('cups/:guest')
  async pour(@Param('guest') _guest: string) {
    this.logger.log('Pouring');
    await pause(POURING_MS);
    return { poured: true };
  }

  @Get('spills/:guest')
  spill(@Param('guest') guest: string) {
    const values = { code: '22007', detail: `Key (guest)=(${guest}) already exists.`, parameters: [guest] };
    const error = Object.assign(new Error(`invalid input syntax for type date: "${guest}"`), values);
    this.logger.warn(error);
    this.logger.warn({ err: error });
    this.logger.warn({ err: error }, 'It cannot be poured');
    throw error;
  }

  @Get('away')
  away() {
    throw Object.assign(new Error('the database system is starting up'), { code: '57P03' });
  }

  @Get('endless')
  endless() {
    this.logger.log('Waiting');
    return new Promise(() => {});
  }
}

const config = defineConfig('tea', {}).load();
@Module({ imports: [PlatformModule.forService('tea', config)], controllers: [TeaController] })
class TeaModule {}

await startService({ name: 'tea', config, module: TeaModule });

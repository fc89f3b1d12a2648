import { type ArgumentsHost, applyDecorators, Catch, type RpcExceptionFilter, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { EventDefinition } from '@yinglian/contracts';
import { type Observable, throwError } from 'rxjs';

/** Lets the transport see what the handler threw; Nest's own filter would hide it. */
@Catch()
class Unchanged implements RpcExceptionFilter {
  catch(exception: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => exception);
  }
}

/**
 * Hands batches of an event to a method of a controller: `(@Payload() batch: readonly ReceivedEvent<typeof X>[],
 * @Ctx() context: EventContext) => Promise<void>`. What it throws rolls the whole batch back, and it is tried again.
 */
export const ConsumeEvents = (definition: EventDefinition): MethodDecorator =>
  applyDecorators(EventPattern<string>(definition.type, { definition }), UseFilters(new Unchanged()));

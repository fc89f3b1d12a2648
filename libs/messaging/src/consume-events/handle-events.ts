import { context, type Link, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { EventDefinition } from '@yinglian/contracts';
import { tracer } from '@yinglian/platform';
import { contextOf } from '../cloud-event/trace-context.js';
import type { EventContext, ReceivedEvent } from './received-event.js';

export interface EventHandler {
  readonly definition: EventDefinition;
  handle(batch: readonly ReceivedEvent[], context: EventContext): Promise<void>;
}

/** Calls a handler inside a span: the child of a single event's trace, linked to the traces of a batch. */
export async function handleTraced(handler: EventHandler, batch: readonly ReceivedEvent[], given: EventContext) {
  const [only, ...more] = batch;
  const parent = more.length === 0 ? contextOf(only?.traceparent) : context.active();
  const links = more.length === 0 ? [] : batch.flatMap(linkTo);
  const span = tracer().startSpan(
    `consume ${handler.definition.type}`,
    { kind: SpanKind.CONSUMER, links, attributes: { 'messaging.batch.message_count': batch.length } },
    parent,
  );
  try {
    await context.with(trace.setSpan(parent, span), () => handler.handle(batch, given));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

function linkTo({ traceparent }: ReceivedEvent): Link[] {
  const origin = trace.getSpanContext(contextOf(traceparent));
  return origin === undefined ? [] : [{ context: origin }];
}

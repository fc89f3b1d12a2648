import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NoopSpanProcessor, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

let exporter: PrometheusExporter | undefined;

/**
 * Starts tracing and metrics once per process. Traces leave by OTLP when OTEL_EXPORTER_OTLP_ENDPOINT is set; metrics
 * are read at /metrics. Of the SDK only what is used is loaded: all of it takes each process 20 MB and a third of a second.
 */
export async function startTelemetry(service: string): Promise<{ stop(): Promise<void> }> {
  const resource = defaultResource().merge(resourceFromAttributes({ 'service.name': service }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  );
  exporter = new PrometheusExporter({ preventServerStart: true });
  const meters = new MeterProvider({ resource, readers: [exporter] });
  metrics.setGlobalMeterProvider(meters);
  const tracers = new TracerProvider({ resource, spanProcessors: [await spanProcessor()] });
  trace.setGlobalTracerProvider(tracers);
  return {
    async stop() {
      await Promise.all([tracers.shutdown(), meters.shutdown()]);
    },
  };
}

/** Without a collector spans are still made: their ids tie log lines, events and problem answers together. */
async function spanProcessor(): Promise<SpanProcessor> {
  if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return new NoopSpanProcessor();
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-proto');
  return new BatchSpanProcessor({ exporter: new OTLPTraceExporter() });
}

/** All metrics in the Prometheus text format. */
export async function metricsText(): Promise<string> {
  if (exporter === undefined) return '';
  const { resourceMetrics } = await exporter.collect();
  return new PrometheusSerializer().serialize(resourceMetrics);
}

export const tracer = () => trace.getTracer('yinglian');
export const meter = () => metrics.getMeter('yinglian');

import { metrics, trace } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { NoopSpanProcessor } from '@opentelemetry/sdk-trace';

let exporter: PrometheusExporter | undefined;

/**
 * Starts tracing and metrics once per process. Traces leave by OTLP when OTEL_EXPORTER_OTLP_ENDPOINT is set; metrics
 * are read at /metrics.
 */
export function startTelemetry(service: string): { stop(): Promise<void> } {
  process.env.OTEL_LOGS_EXPORTER ??= 'none';
  exporter = new PrometheusExporter({ preventServerStart: true });
  const exportsTraces = process.env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;
  const sdk = new NodeSDK({
    serviceName: service,
    metricReaders: [exporter],
    instrumentations: [],
    // Without a collector spans are still made: their ids tie log lines, events and problem answers together.
    ...(exportsTraces ? {} : { spanProcessors: [new NoopSpanProcessor()] }),
  });
  sdk.start();
  return { stop: () => sdk.shutdown() };
}

/** All metrics in the Prometheus text format. */
export async function metricsText(): Promise<string> {
  if (exporter === undefined) return '';
  const { resourceMetrics } = await exporter.collect();
  return new PrometheusSerializer().serialize(resourceMetrics);
}

export const tracer = () => trace.getTracer('yinglian');
export const meter = () => metrics.getMeter('yinglian');

import { Obstacle } from '../obstacle.js';
import { Province } from '../province/province.js';
import { sendSamplesOnce } from '../sample/send-samples-once.js';
import type { Settings } from '../settings.js';
import { showSteps } from './show-steps.js';
import { tableOf } from './table.js';

/** Starts the province and stays until a signal, or the end of the process that started this one, stops it. */
export async function start(settings: Settings): Promise<void> {
  const startedAt = performance.now();
  const stop = new AbortController();
  const onStop = () => stop.abort(new Obstacle('Stopped before everything was started.'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onStop);
  process.once('disconnect', onStop);
  const steps = showSteps();
  const province = await Province.start(settings, steps.next, stop.signal).catch((error: unknown) => {
    steps.failed();
    throw error;
  });
  steps.done();
  console.log(tableOf(province.endpoints, settings.YINGLIAN_HOME));
  console.log(`ready in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  const samples = sendSamplesOnce(province, stop.signal);
  if (!stop.signal.aborted) await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
  console.log('\nStopping …');
  await samples;
  await province.stop();
  console.log('Everything is stopped.');
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Preloaded into the province's processes: what `Date` says jumps when the process's file in CHAOS_CLOCKS changes. Timers and
 * `performance.now()` go on, as they do when somebody sets a machine's clock. SQLite and OpenSSL keep the machine's time.
 */
const folder = process.env.CHAOS_CLOCKS;
const service = /services\/([^/]+)\/dist\/main\.js$/.exec(process.argv[1] ?? '')?.[1];
if (folder !== undefined && service !== undefined) {
  const { HOSPITAL } = process.env;
  shift(join(folder, service === 'gateway' ? `gateway-${HOSPITAL}` : service));
}

function shift(file: string): void {
  const real = Date.now;
  const RealDate = Date;
  let byMs = readOffset();
  setInterval(() => {
    byMs = readOffset();
  }, 50).unref();
  RealDate.now = () => real() + byMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [RealDate.now()] : args, newTarget),
    apply: () => new RealDate(RealDate.now()).toString(),
  });
  RealDate.prototype.constructor = globalThis.Date;

  function readOffset(): number {
    try {
      return Number(readFileSync(file, 'utf8'));
    } catch {
      return 0;
    }
  }
}

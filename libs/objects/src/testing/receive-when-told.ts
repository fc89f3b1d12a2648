import { once } from 'node:events';
import { FileObjectStore } from '../index.js';

/** A process that receives an object in two halves, says `half` between them, and goes on when its input ends. */
const [, , folder = '', owner = ''] = process.argv;
const store = new FileObjectStore(folder);
await store.begin();

async function* halves() {
  yield Buffer.alloc(1_000_000, 'a');
  process.stdout.write('half\n');
  await once(process, 'SIGUSR2');
  yield Buffer.alloc(1_000_000, 'b');
}
// A signal alone keeps no process running.
const running = setInterval(() => undefined, 1_000);
const object = await store.receive(halves(), 2_000_000, { unfinished: { owner, name: 'aa' }, from: 0 });
await object.keep(`whole/${owner.toLowerCase()}`);
await object.discard();
process.stdout.write('whole\n');
clearInterval(running);
await store.close();

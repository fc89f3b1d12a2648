import { FileObjectStore } from '@yinglian/objects';
import { CompactPackStore } from '../../storage/compact-pack.store.js';
import { packKey } from '../../storage/pack-index.js';
import { RecompressionStore } from '../../storage/recompression.store.js';

/** The registry, which kills itself at one step of storing one pack compact (DIE_OF), or as it came again: DIE_AT names the step. */
const { DIE_AT: step, DIE_OF: digest = '' } = process.env;
const key = packKey(digest);

/** Nothing after it happens. */
function at(reached: string, isOurs = true): Promise<void> {
  if (reached !== step || !isOurs) return Promise.resolve();
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}

const { receive, delete: remove } = FileObjectStore.prototype;
FileObjectStore.prototype.receive = async function (...given) {
  const incoming = await receive.apply(this, given);
  const { keep } = incoming;
  return {
    ...incoming,
    keep: async (name) => {
      await at('written', name === `compact/${key}`);
      await keep(name);
      await at('compact kept', name === `compact/${key}`);
      await at('plain kept', name === key);
    },
  };
};
FileObjectStore.prototype.delete = async function (name) {
  await at('read back', name === key);
  await at('uncounted', name === `compact/${key}`);
  await remove.call(this, name);
  await at('plain deleted', name === key);
  await at('compact deleted', name === `compact/${key}`);
};

let isCounted = false;
const { add } = CompactPackStore.prototype;
CompactPackStore.prototype.add = async function (ofPack, sizes) {
  await add.call(this, ofPack, sizes);
  isCounted ||= ofPack === digest;
  await at('counted, not committed', ofPack === digest);
};
const { passed } = RecompressionStore.prototype;
RecompressionStore.prototype.passed = async function (before, sequence) {
  await at('counted', isCounted);
  return passed.call(this, before, sequence);
};

await import('../../main.js');

import { Worker } from 'node:worker_threads';

const ENTRY = new URL('./digest.worker.js', import.meta.url);

/** Bytes of a file that follow those which a digest has. */
interface FurtherBytes {
  readonly id: number;
  readonly fd: number;
  readonly from: number;
  readonly to: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

interface Ended {
  readonly id: number;
  readonly sha256?: string;
  readonly problem?: { readonly message: string; readonly code?: string };
}

/** The thread that hashes. It starts at first use, and keeps the process alive only while somebody waits for it. */
class DigestThread {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, PromiseWithResolvers<string>>();
  private lastId = 0;

  newId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  hash(bytes: FurtherBytes): void {
    this.running().postMessage(bytes);
  }

  /** Resolves with SHA-256 as hexadecimal digits once the thread has met the last bytes of a digest. */
  async endOf(id: number): Promise<string> {
    const end = Promise.withResolvers<string>();
    this.waiting.set(id, end);
    this.running().ref();
    return end.promise;
  }

  private running(): Worker {
    this.worker ??= this.start();
    return this.worker;
  }

  private start(): Worker {
    const worker = new Worker(ENTRY);
    worker.unref();
    worker.on('message', (ended: Ended) => this.ended(ended));
    worker.on('error', (error) => this.broke(worker, error));
    worker.on('exit', () => this.broke(worker, new Error('The thread that hashes ended by itself')));
    return worker;
  }

  private ended({ id, sha256, problem }: Ended): void {
    const end = this.waiting.get(id);
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.worker?.unref();
    if (sha256 === undefined) end?.reject(Object.assign(new Error(problem?.message), { code: problem?.code }));
    else end?.resolve(sha256);
  }

  /** Whatever it had is lost; the next digest gets a new one. */
  private broke(worker: Worker, error: unknown): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const end of this.waiting.values()) end.reject(error);
    this.waiting.clear();
  }
}

export const digestThread = new DigestThread();

/** A file that lies in a pack and needs no look on its way, and what is said before it. */
export interface HeadedFile {
  readonly head: Buffer;
  readonly digest: string;
  /** In the pack. */
  readonly offset: number;
  readonly length: number;
}

/** Fills the buffer with what stands in a pack from a position on. */
export type ReadPack = (digest: string, into: Buffer, position: number) => Promise<void>;

/**
 * Files behind their heads, and what ends them, in pieces that fill one half of `scratch` while what comes next is read into the other.
 * What follows one another in a pack is read at once, heads or none between: a reading costs as much as copying 100 KB. No head is given
 * before its file's first bytes are there.
 */
export async function* filesTogether(
  files: Iterable<HeadedFile>,
  end: Buffer,
  scratch: Buffer,
  read: ReadPack,
): AsyncGenerator<Buffer> {
  const half = scratch.length >> 1;
  const halves = [scratch.subarray(0, half), scratch.subarray(half, 2 * half)];
  const plans = plansOf(files, end, half);
  let given = 0;
  const readNext = () => {
    const { value: plan } = plans.next();
    const into = halves[given++ % 2];
    return plan && into && made(plan, into, read);
  };
  let reading = readNext();
  try {
    while (reading !== undefined) {
      const piece = await reading;
      reading = readNext();
      // It is waited for when this piece is sent.
      reading?.catch(() => {});
      yield piece;
    }
  } finally {
    // Nothing is read any more once this has ended.
    await reading?.catch(() => {});
  }
}

/** Bytes that follow one another in a pack, and where in the piece each stretch of them belongs. */
interface Run {
  readonly digest: string;
  readonly position: number;
  readonly stretches: { readonly at: number; readonly length: number }[];
  length: number;
}

/** A piece as it is to be. */
interface Plan {
  length: number;
  readonly runs: Run[];
  readonly texts: { readonly at: number; readonly bytes: Buffer }[];
}

function* plansOf(files: Iterable<HeadedFile>, end: Buffer, room: number): Generator<Plan, undefined> {
  let plan: Plan = emptyPlan();
  const add = (bytes: Buffer) => {
    plan.texts.push({ at: plan.length, bytes });
    plan.length += bytes.length;
  };
  for (const { head, digest, offset, length } of files) {
    if (plan.length + head.length >= room) {
      yield plan;
      plan = emptyPlan();
    }
    add(head);
    for (let from = 0; from < length; ) {
      if (plan.length === room) {
        yield plan;
        plan = emptyPlan();
      }
      const stretch = Math.min(length - from, room - plan.length);
      addStretch(plan, digest, offset + from, stretch);
      from += stretch;
    }
  }
  if (plan.length + end.length > room) {
    yield plan;
    plan = emptyPlan();
  }
  add(end);
  yield plan;
  return undefined;
}

const emptyPlan = (): Plan => ({ length: 0, runs: [], texts: [] });

function addStretch(plan: Plan, digest: string, position: number, length: number): void {
  const stretch = { at: plan.length, length };
  const last = plan.runs.at(-1);
  if (last !== undefined && last.digest === digest && last.position + last.length === position) {
    last.stretches.push(stretch);
    last.length += length;
  } else {
    plan.runs.push({ digest, position, stretches: [stretch], length });
  }
  plan.length += length;
}

async function made({ length, runs, texts }: Plan, into: Buffer, read: ReadPack): Promise<Buffer> {
  for (const run of runs) await fill(run, into, read);
  for (const { at, bytes } of texts) bytes.copy(into, at);
  return into.subarray(0, length);
}

/** The last stretch comes to its place at once, those before it are moved to theirs. */
async function fill({ digest, position, stretches, length }: Run, into: Buffer, read: ReadPack): Promise<void> {
  const last = stretches.at(-1);
  if (last === undefined) return;
  let from = last.at + last.length - length;
  await read(digest, into.subarray(from, from + length), position);
  for (const stretch of stretches) {
    into.copyWithin(stretch.at, from, from + stretch.length);
    from += stretch.length;
  }
}

import { createHash, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { HospitalCode, Instant, Uid, WithdrawalReason } from '@yinglian/contracts';
import { ObjectStore } from '@yinglian/objects';
import { z } from 'zod';
import type { StudyDecision } from '../domain/study-decision.js';

const RECORD_LIMIT_BYTES = 64 * 1024;
const FOLDER = 'decisions/';

/** A decision as it lies among the objects. */
const DecisionRecord = z.object({
  version: z.literal(1),
  studyInstanceUid: Uid,
  hospital: HospitalCode,
  decision: z.enum(['withdraw', 'restore', 'hold', 'release']),
  seriesInstanceUid: Uid.nullable(),
  sopInstanceUid: Uid.nullable(),
  reason: WithdrawalReason.nullable(),
  note: z.string(),
  decidedBy: z.string(),
  decidedByName: z.string(),
  decidedAt: Instant,
  instances: z.number().int().nonnegative(),
  received: z.number().int().nonnegative().nullable(),
});

export interface RecordedDecision {
  readonly studyInstanceUid: string;
  readonly hospital: string;
  readonly made: StudyDecision;
}

/** What the objects of a study say, and the keys of those that say nothing any more. */
export interface RecordsOfStudy {
  readonly said: readonly RecordedDecision[];
  readonly unreadable: readonly string[];
}

type Decided = Pick<RecordedDecision, 'hospital' | 'made'>;

/** Whether two are one decision. */
export const isSame = (one: Decided, other: Decided): boolean =>
  one.hospital === other.hospital && isDeepStrictEqual(one.made, other.made);

/**
 * Decisions as objects, one each and never written over, durable before their rows are committed: a database that is built again shows
 * nothing that was withdrawn (ADR 0032, ADR 0040).
 */
@Injectable()
export class StudyDecisionRecords {
  constructor(private readonly objects: ObjectStore) {}

  /** Returns what takes it away again, for a transaction that fails. */
  async put(
    studyInstanceUid: string,
    hospital: string,
    number: number,
    made: StudyDecision,
  ): Promise<() => Promise<void>> {
    const record: z.input<typeof DecisionRecord> = {
      version: 1,
      studyInstanceUid,
      hospital,
      ...made,
      decidedAt: made.decidedAt.toISOString(),
    };
    const key = keyOf(studyInstanceUid, number);
    const object = await this.objects.receive(only(Buffer.from(JSON.stringify(record))), RECORD_LIMIT_BYTES);
    await object.keep(key).finally(object.discard);
    return () => this.objects.delete(key);
  }

  /** UIDs of the studies that there are decisions about. */
  async studies(): Promise<ReadonlySet<string>> {
    const uids = new Set<string>();
    for await (const { key } of this.objects.list(FOLDER)) uids.add(studyIn(key));
    return uids;
  }

  /** All of them, study by study, each study's in their order. */
  async *byStudy(): AsyncGenerator<readonly RecordedDecision[]> {
    let together: RecordedDecision[] = [];
    for await (const { key } of this.objects.list(FOLDER)) {
      const isNext = together[0] !== undefined && together[0].studyInstanceUid !== studyIn(key);
      if (isNext) {
        yield together;
        together = [];
      }
      together.push(await this.read(key));
    }
    if (together.length > 0) yield together;
  }

  /** Of one study, as they are stored now. */
  async of(studyUid: string): Promise<RecordsOfStudy> {
    const said: RecordedDecision[] = [];
    const unreadable: string[] = [];
    for await (const { key } of this.objects.list(folderOf(studyUid))) {
      const record = recordIn(Buffer.concat(await Array.fromAsync(this.objects.stream(key))));
      if (record?.studyInstanceUid === studyUid) said.push(record);
      else unreadable.push(key);
    }
    return { said, unreadable };
  }

  /** All of a study that is destroyed, with those that were laid by. */
  async remove(studyUid: string): Promise<void> {
    for (const prefix of [folderOf(studyUid), asideOf(studyUid)])
      for await (const { key } of this.objects.list(prefix)) await this.objects.delete(key);
  }

  /** Its bytes are kept elsewhere. */
  async layBy(key: string, at: Date): Promise<void> {
    const [, , , name] = key.split('/');
    await this.objects.layBy(key, `${asideOf(studyIn(key))}${name}.${at.getTime()}`);
    await this.objects.delete(key);
  }

  private async read(key: string): Promise<RecordedDecision> {
    const record = recordIn(await this.objects.readAll(key));
    if (record === undefined) throw new Error(`The decision ${key} cannot be read`);
    return record;
  }
}

const studyIn = (key: string) => key.split('/')[2] ?? '';

/** Undefined when bytes are none. */
function recordIn(bytes: Buffer): RecordedDecision | undefined {
  try {
    const {
      version: _,
      decidedAt,
      studyInstanceUid,
      hospital,
      ...made
    } = DecisionRecord.parse(JSON.parse(bytes.toString('utf8')));
    return { studyInstanceUid, hospital, made: { ...made, decidedAt: new Date(decidedAt) } };
  } catch {
    return undefined;
  }
}

const shelfOf = (studyUid: string) => createHash('sha256').update(studyUid).digest('hex').slice(0, 3);
const folderOf = (studyUid: string) => `${FOLDER}${shelfOf(studyUid)}/${studyUid}/`;
const asideOf = (studyUid: string) => `damaged/${shelfOf(studyUid)}/${studyUid}.decision.`;

/** In the order of their numbers; what a transaction left that failed with its process stands beside the one that followed it. */
const keyOf = (studyUid: string, number: number) =>
  `${folderOf(studyUid)}${String(number).padStart(6, '0')}-${randomUUID()}`;

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventPublisher } from '@yinglian/messaging';
import { z } from 'zod';
import { Alarms } from '../alarms/alarms.js';
import { ApplyFacts } from '../apply-messages/apply-facts.js';
import { ApplyMessagesHandler } from '../apply-messages/apply-messages.handler.js';
import { MessageApplier } from '../apply-messages/message-applier.js';
import { MessageOutcomes } from '../apply-messages/message-outcomes.js';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { ForgetMessages } from '../forget-messages/forget-messages.js';
import { Ledger } from '../ledger/ledger.js';
import { DiscardMessageHandler } from '../park-messages/discard-message.handler.js';
import { ListParkedMessagesHandler } from '../park-messages/list-parked-messages.handler.js';
import { ReplayMessagesHandler } from '../park-messages/replay-messages.handler.js';
import { MessageIntake } from '../receive-messages/message-intake.js';
import { ReceiveMessageHandler } from '../receive-messages/receive-message.handler.js';
import { EncounterStore } from '../storage/encounter.store.js';
import { ExamStore } from '../storage/exam.store.js';
import { HospitalRecords } from '../storage/hospital-records.js';
import { MessageStore } from '../storage/message.store.js';
import { ParkedMessageStore } from '../storage/parked-message.store.js';
import { PatientStore } from '../storage/patient.store.js';
import { ReportStore } from '../storage/report.store.js';
import { OutgoingEvents } from '../tell-events/outgoing-events.store.js';
import { ReadMessageStatusHandler } from '../watch-messages/read-message-status.handler.js';
import { eventually } from './test-gateway.js';

const Told = z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) });

/** What hears HIS and RIS, on a real ledger and without a socket; the event log is away, so what is told can be read. */
export class MessageDesk {
  readonly list: ListParkedMessagesHandler;
  readonly replay: ReplayMessagesHandler;
  readonly discard: DiscardMessageHandler;
  readonly status: ReadMessageStatusHandler;
  readonly forget: ForgetMessages;
  hasRoom = true;
  private readonly receive: ReceiveMessageHandler;

  private constructor(
    private readonly folder: string,
    readonly ledger: Ledger,
    private readonly file: HospitalFile,
    readonly alarms: Alarms,
    private readonly events: OutgoingEvents,
    private readonly publisher: EventPublisher,
  ) {
    const messages = new MessageStore(ledger);
    const stores = [
      new PatientStore(ledger),
      new EncounterStore(ledger),
      new ExamStore(ledger),
      new ReportStore(ledger),
    ] as const;
    const applyFacts = new ApplyFacts({ HOSPITAL: 'H001' }, new HospitalRecords(...stores), events);
    const handler = new ApplyMessagesHandler(ledger, messages, applyFacts, file, alarms);
    const outcomes = new MessageOutcomes(messages);
    const applier = new MessageApplier(messages, handler, alarms, outcomes);
    const parked = new ParkedMessageStore(ledger);
    this.list = new ListParkedMessagesHandler(parked);
    this.replay = new ReplayMessagesHandler(ledger, messages, applier);
    this.discard = new DiscardMessageHandler(ledger, messages, applier);
    this.status = new ReadMessageStatusHandler(ledger, file);
    this.forget = new ForgetMessages({ MESSAGES_KEEP_DAYS: 30 }, ledger, messages);
    const desk = this;
    const metrics = { messageReceived: () => undefined, messageDuplicated: () => undefined };
    const room = {
      get hasRoom() {
        return desk.hasRoom;
      },
    };
    const intake = new MessageIntake(ledger, messages, applier, alarms);
    this.receive = new ReceiveMessageHandler(intake, room, file, metrics, outcomes);
  }

  /** With that section `hl7` in the hospital's file. */
  static async open(hl7: object = {}): Promise<MessageDesk> {
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-messages-'));
    await writeFile(join(folder, 'hospital.json'), JSON.stringify({ hl7 }));
    const alarms = new Alarms();
    const file = await HospitalFile.open(join(folder, 'hospital.json'), alarms);
    file.start();
    const ledger = await Ledger.open(folder);
    const publisher = EventPublisher.fromConfig({
      source: 'urn:yinglian:gateway:H001',
      config: { EVENTS: 'postgres', EVENT_LOG_URL: 'postgres://127.0.0.1:1/away' },
    });
    return new MessageDesk(folder, ledger, file, alarms, new OutgoingEvents(ledger, publisher.encode), publisher);
  }

  /** The acknowledgement code, when all that can be applied is. */
  async send(message: string | Buffer): Promise<string | undefined> {
    const bytes = typeof message === 'string' ? Buffer.from(message) : message;
    const { answer } = await this.receive.execute({ bytes, tooLong: false });
    await this.applied();
    return answer?.toString().split('\r')[1]?.split('|')[1];
  }

  async applied(): Promise<void> {
    await eventually('all is applied', async () => this.status.execute(new Date()).toApply === 0);
  }

  /** Changes the hospital's file; resolves when that is taken over. */
  async mend(hl7: object): Promise<void> {
    const changed = new Promise((resolve) => this.file.onChange(resolve));
    await writeFile(join(this.folder, 'hospital.json'), JSON.stringify({ hl7 }));
    await changed;
  }

  /** What was decided to tell, in that order. */
  told(): z.output<typeof Told>[] {
    return this.events.oldest(10_000).map(({ envelope }) => Told.parse(JSON.parse(envelope)));
  }

  /** Type and patient of each. */
  toldOf(): string[] {
    return this.told().map(({ type, data }) => `${type} ${z.object({ id: z.string() }).parse(data.patient).id}`);
  }

  rows<Row extends z.ZodType>(row: Row, sql: string): z.output<Row>[] {
    return this.ledger.query(row, sql);
  }

  async close(): Promise<void> {
    this.file.stop();
    await this.publisher.close();
    await this.ledger.close();
    await rm(this.folder, { recursive: true });
  }
}

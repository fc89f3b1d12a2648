import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { FrameReader, frameOf } from '@yinglian/hl7';

const LONGEST_ANSWER = 1024 * 1024;

/** A sender of HL7 v2 that says whatever bytes it likes, and keeps all that it hears. */
export class RawSender {
  readonly answers: string[] = [];
  isClosed = false;
  private readonly reader = new FrameReader(LONGEST_ANSWER);

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      for (const { bytes } of this.reader.read(chunk)) this.answers.push(bytes.toString());
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.isClosed = true;
    });
  }

  static async connect(port: number): Promise<RawSender> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawSender(socket);
  }

  /** The acknowledgement code and MSA-2 of each answer so far. */
  get codes(): string[] {
    return this.answers.map((answer) => (answer.split('\r')[1] ?? '').split(answer.charAt(3)).slice(1, 3).join(' '));
  }

  send(message: string): void {
    this.socket.write(frameOf(Buffer.from(message)));
  }

  /** Says nothing more, and still hears. */
  endHalf(): void {
    this.socket.end();
  }

  close(): void {
    this.socket.destroy();
  }
}

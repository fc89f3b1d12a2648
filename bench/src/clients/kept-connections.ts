import type { DicomWebClient } from './dicom-web.js';
import { RawConnection } from './raw-connection.js';

/** A viewer's connections: a few, kept open, each with one request at a time. */
export class KeptConnections {
  private readonly idle: RawConnection[];
  private readonly waiting: ((connection: RawConnection) => void)[] = [];
  private readonly all: readonly RawConnection[];
  private readonly url: URL;

  constructor(
    private readonly client: DicomWebClient,
    connections: number,
  ) {
    this.url = new URL(client.url);
    this.all = Array.from({ length: connections }, () => new RawConnection(this.url));
    this.idle = [...this.all];
  }

  /** Gives what `read` makes of the answer's body, whose bytes are overwritten afterwards. Throws when the answer is not 200. */
  async get<T>(path: string, accept: string, read: (body: Buffer) => T): Promise<T> {
    const authorization = await this.client.authorization?.();
    const connection = this.idle.pop() ?? (await new Promise<RawConnection>((wait) => this.waiting.push(wait)));
    try {
      const headers = { accept, ...(authorization === undefined ? {} : { authorization }) };
      const { status, body } = await connection.get(`${this.url.pathname}${path}`, headers);
      if (status !== 200) throw new Error(`${path} was answered ${status}`);
      return read(body);
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.idle.push(connection);
      else next(connection);
    }
  }

  close(): void {
    for (const connection of this.all) connection.close();
  }
}

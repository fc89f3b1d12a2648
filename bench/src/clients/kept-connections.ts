import { Agent, request } from 'node:http';
import type { DicomWebClient } from './dicom-web.js';

/** A viewer's connections: a few, kept open, each with one request at a time. */
export class KeptConnections {
  private readonly agent: Agent;

  constructor(
    private readonly client: DicomWebClient,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections });
  }

  /** The bytes of an answer; throws when it is not 200. */
  async get(path: string, accept: string): Promise<Buffer> {
    const authorization = await this.client.authorization?.();
    const headers = { accept, ...(authorization === undefined ? {} : { authorization }) };
    return new Promise((resolve, reject) => {
      const sent = request(`${this.client.url}${path}`, { agent: this.agent, headers }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('error', reject);
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve(Buffer.concat(pieces));
          else reject(new Error(`${path} was answered ${answer.statusCode}`));
        });
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

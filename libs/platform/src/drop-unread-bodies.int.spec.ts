import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dropUnreadBodies } from './drop-unread-bodies.js';

const MIB = 1024 * 1024;

describe('a request that is answered before its body has come', () => {
  let server: Server;
  let client: Socket;
  let received: string;

  beforeEach(async () => {
    // As with the services, nothing else ends a connection that is not read.
    server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
      await readOnePiece(request);
      response.writeHead(request.url === '/next' ? 200 : 507).end();
    });
    dropUnreadBodies(server, 200);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    received = '';
    client.on('data', (data) => {
      received += data.toString();
    });
  });
  afterEach(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });

  const readOnePiece = async (request: IncomingMessage) => {
    if (request.method === 'GET') return;
    const pieces = request.url === '/destroyed' ? request : request.iterator({ destroyOnReturn: false });
    for await (const _ of pieces) return;
  };
  const send = (path: string, length: number, bytes = length) =>
    client.write(`PUT ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n${'a'.repeat(bytes)}`);
  /** Also when what is still being sent is refused. */
  const closed = () => new Promise<unknown>((done) => client.once('close', done).on('error', () => undefined));
  const statuses = () => [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
  const answered = async (count: number) => {
    while (statuses().length < count) await once(client, 'data');
    return statuses();
  };

  it('leaves a connection on which the next one is answered', async () => {
    send('/kept', 4 * MIB);
    expect(await answered(1)).toEqual([507]);
    client.write('GET /next HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await answered(2)).toEqual([507, 200]);
  });

  it('leaves no connection when its body cannot be read any more', async () => {
    send('/destroyed', 4 * MIB);
    await closed();
    expect(await connections(server)).toBe(0);
  });

  it('is not waited for without an end', async () => {
    send('/kept', 4 * MIB, MIB);
    expect(await answered(1)).toEqual([507]);
    await closed();
    expect(await connections(server)).toBe(0);
  });
});

const connections = (server: Server) =>
  new Promise<number>((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );

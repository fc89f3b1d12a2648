import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { freePorts } from './free-port.js';

describe('free ports', () => {
  it('are different, and can be listened on', async () => {
    const ports = await freePorts(20);
    expect(new Set(ports).size).toBe(20);
    for (const port of ports) {
      const server = createServer().listen(port, '127.0.0.1');
      await once(server, 'listening');
      server.close();
    }
  });

  it('are none that a system gives to an outgoing connection', async () => {
    for (const port of await freePorts(200)) expect(port).toBeLessThan(32_768);
  });
});

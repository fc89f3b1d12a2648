import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import { freePort } from '@yinglian/servers';
import { untilServed } from './until-served.js';

const STARTING = `
  const server = require('node:http').createServer((_, response) => {
    response.statusCode = asked++ < 2 ? 503 : 200;
    response.end();
  });
  let asked = 0;
  setTimeout(() => server.listen(Number(process.argv[1]), '127.0.0.1'), 300);`;

it('waits until a process listens and answers well', async () => {
  const port = await freePort();
  const child = spawn(process.execPath, ['-e', STARTING, String(port)]);
  await untilServed(child, `http://127.0.0.1:${port}/`, 30_000);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  child.kill();
  await once(child, 'exit');
});

it('fails at once when the process has ended, with how', async () => {
  const child = spawn(process.execPath, ['-e', 'process.exit(3)']);
  await expect(untilServed(child, `http://127.0.0.1:${await freePort()}/`, 30_000)).rejects.toThrow('ended with 3');
});

it('fails when it takes too long', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  await expect(untilServed(child, `http://127.0.0.1:${await freePort()}/`, 100)).rejects.toThrow('not answered well');
  child.kill('SIGKILL');
  await once(child, 'exit');
});

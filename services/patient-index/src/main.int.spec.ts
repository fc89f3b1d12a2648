import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '@yinglian/servers';
import { spawnBuilt, until, untilServed } from '@yinglian/testing';
import { observed, PatientIndexService, residentIdOf } from './testing/patient-index-service.js';

let index: PatientIndexService;
beforeAll(async () => {
  index = await PatientIndexService.start();
});
afterAll(() => index.stop());

it('the process links and searches, and says nothing of patients in its log and metrics', async () => {
  await index.service.stop();
  index.services.length = 0;
  const port = await freePort();
  const environment = { ...index.environment, PORT: String(port), LOG_LEVEL: 'debug' };
  const process = spawnBuilt(new URL('./main.ts', import.meta.url), environment, 'pipe');
  const output: string[] = [];
  process.stdout?.on('data', (chunk) => output.push(String(chunk)));
  process.stderr?.on('data', (chunk) => output.push(String(chunk)));
  const ended = once(process, 'close');
  try {
    const address = `http://127.0.0.1:${port}`;
    await untilServed(process, `${address}/readyz`, 60_000);
    const residentId = residentIdOf(1);
    const person = { pn: '秘^密名', residentId, birthDate: '19771213' };
    await index.publish(observed('H001', { ...person, id: 'SECRET-1' }), 'a');
    await index.publish(observed('H002', { ...person, pn: '无^关', birthDate: '19660606' }), 'b');
    const token = await index.issuer.personToken({ subject: 'dr', roles: ['clinician'], hospital: 'H001' });
    const search = async (body: object) => {
      const response = await fetch(`${address}/api/patient-index/person-searches`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return response.text();
    };
    await until(async () => (await search({ idNumber: residentId })).includes('秘密名'));
    await search({ name: '秘密名', birthDate: '1977-12-13' });
    await search({ idNumber: '339901197712130000' });
    output.push(await (await fetch(`${address}/metrics`)).text());
  } finally {
    process.kill('SIGTERM');
  }
  expect(await ended).toEqual([0, null]);
  expect(output.join('')).toMatch('patient-index');
  expect(output.join('')).not.toMatch(/秘|密名|无关|33990119771213|19771213|1977-12-13|SECRET-1/);
});

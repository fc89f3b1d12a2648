import type { Province } from '@yinglian/testing';
import type { Browser } from 'playwright-core';
import { SecurityDesk } from './security-desk.js';

/** Adds a steward of a hospital, as an administrator asks for it and a security administrator approves it; resolves with the first password. */
export async function addSteward(
  province: Province,
  browser: Browser,
  { hospital, username, displayName }: { hospital: string; username: string; displayName: string },
): Promise<string> {
  const added = await fetch(`${province.endpoints.edge}/api/directory/staff`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await province.token('admin')}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      username,
      displayName,
      roles: ['steward'],
      hospital,
      department: null,
      reason: '负责身份核对',
    }),
  });
  if (!added.ok) throw new Error(`The steward was not added: ${await added.text()}`);
  const { initialPassword } = (await added.json()) as { initialPassword: string };
  const desk = await SecurityDesk.open(browser, province);
  await desk.approve(username);
  await desk.close();
  return initialPassword;
}

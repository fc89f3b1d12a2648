import type { Province } from '@yinglian/testing';

/** Adds a steward of a hospital, as its administrator does; resolves with the first password. */
export async function addSteward(
  province: Province,
  hospital: string,
  username: string,
  displayName: string,
): Promise<string> {
  const added = await fetch(`${province.endpoints.edge}/api/directory/staff`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await province.token('admin')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ username, displayName, roles: ['steward'], hospital, department: null }),
  });
  if (!added.ok) throw new Error(`The steward was not added: ${await added.text()}`);
  const { initialPassword } = (await added.json()) as { initialPassword: string };
  return initialPassword;
}

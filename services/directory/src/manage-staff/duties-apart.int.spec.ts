import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@yinglian/servers';
import { spawnBuilt } from '@yinglian/testing';
import { authorization } from '../testing/browser.js';
import { DirectoryService } from '../testing/directory-service.js';
import { PASSWORD, SEED } from '../testing/seed.js';

const CHECK = 'staff_duties_apart';

describe('duties that exclude one another', () => {
  let directory: DirectoryService;
  let security: string;

  beforeAll(async () => {
    directory = await DirectoryService.start();
    security = await directory.personToken('security');
  });
  afterAll(() => directory?.stop());

  const codeOf = ({ status, body }: { status: number; body: { code: string } }) => [status, body.code];

  it.each([
    ['administrator', 'auditor'],
    ['administrator', 'security-administrator'],
    ['security-administrator', 'auditor'],
    ['administrator', 'steward'],
    ['security-administrator', 'clinician'],
    ['patient', 'clinician'],
  ])('%s and %s are nobody’s, whoever writes them', async (...roles) => {
    const update = `UPDATE staff SET roles = $1 WHERE username = 'dr.lin'`;
    await expect(directory.database.query(update, [roles])).rejects.toThrow(CHECK);
    const { body } = await directory.ask(security, 'GET', 'staff/dr.lin');
    expect(body).toMatchObject({ roles: ['clinician'], version: 1 });
  });

  it('end a start whose seed names them together', async () => {
    const [admin, ...others] = SEED.staff;
    const file = join(directory.folder, 'together.json');
    await writeFile(
      file,
      JSON.stringify({ ...SEED, staff: [{ ...admin, roles: ['administrator', 'auditor'] }, ...others] }),
    );
    const environment = { ...directory.environment, PORT: String(await freePort()), SEED_FILE: file };
    const process = spawnBuilt(new URL('../main.ts', import.meta.url), environment, 'pipe');
    const output: string[] = [];
    process.stdout?.on('data', (chunk) => output.push(String(chunk)));
    process.stderr?.on('data', (chunk) => output.push(String(chunk)));
    const [code] = await once(process, 'close');
    expect(code).toBe(1);
    expect(output.join('')).toMatch(/staff\.0\.roles: nobody has administrator, .* beside another role/);
  });

  it('that an older home holds keep the account out until one is taken away, at once', async () => {
    const { refreshToken } = await directory.signIn('auditor');
    // As it was before there was a check.
    await directory.database.query(`ALTER TABLE staff DROP CONSTRAINT ${CHECK}`);
    await directory.database.query(`UPDATE staff SET roles = '{administrator,auditor}' WHERE username = 'auditor'`);
    const definition = `NOT active OR cardinality(roles) <= 1 OR NOT roles && ARRAY ['administrator', 'security-administrator', 'patient']`;
    await directory.database.query(`ALTER TABLE staff ADD CONSTRAINT ${CHECK} CHECK (${definition}) NOT VALID`);

    const refreshed = await directory.refresh(refreshToken ?? '');
    expect([refreshed.status, refreshed.body.error]).toEqual([400, 'invalid_grant']);
    const browser = directory.browser({ 'accept-language': 'zh-CN' });
    const { address } = authorization(directory.issuer, 'portal', `${directory.address}/signed-in`);
    const { at } = await browser.walk(address);
    const refused = await browser.walk(at, { username: 'auditor', password: PASSWORD });
    expect([refused.response?.status, await refused.response?.text()]).toEqual([
      401,
      expect.stringContaining('此账号同时具有互斥的职责，暂不能登录'),
    ]);
    // Only who knows the password is told.
    const wrong = await browser.walk(at, { username: 'auditor', password: 'not the password' });
    expect(await wrong.response?.text()).toContain('账号或密码不正确。');
    expect((await directory.signIns()).filter(({ outcome }) => outcome === 'deny').map(({ code }) => code)).toEqual([
      'DUTIES_NOT_APART',
      'WRONG_PASSWORD',
    ]);

    const admin = await directory.personToken('admin');
    expect(codeOf(await directory.ask(admin, 'POST', 'staff/auditor/password'))).toEqual([422, 'DUTIES_NOT_APART']);
    // It holds no office by that: the one that can act is still the last.
    const last = await directory.ask(admin, 'PATCH', 'staff/admin', { version: 1, active: false });
    expect(codeOf(last)).toEqual([409, 'LAST_ADMINISTRATOR']);
    const less = await directory.ask(security, 'PATCH', 'staff/auditor', { version: 1, roles: ['auditor'] });
    expect(less.body).toMatchObject({ roles: ['auditor'], version: 2 });
    expect(await directory.personToken('auditor')).toEqual(expect.any(String));
  });
});

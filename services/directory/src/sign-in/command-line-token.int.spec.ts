import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readSettings } from '../../../../deploy/local/src/settings.js';
import { printToken } from '../../../../deploy/local/src/token/token.js';
import { OWN_PASSWORD } from '../testing/chosen-password.js';
import { DirectoryService } from '../testing/directory-service.js';
import { PASSWORD } from '../testing/seed.js';

describe('a token on the command line', () => {
  let directory: DirectoryService;
  let home: string;
  let told: string;
  beforeAll(async () => {
    directory = await DirectoryService.start();
    home = await mkdtemp(join(tmpdir(), 'yinglian-home-'));
    const admin = await directory.personToken('admin');
    const steward = { username: 'steward.new', displayName: '新 管家', roles: ['steward'], hospital: null };
    const { body } = await directory.addStaff(admin, { ...steward, department: null });
    told = body.initialPassword;
    const auditor = { username: 'auditor', password: PASSWORD, displayName: '', roles: ['auditor'], hospital: null };
    const { issuer: oidc } = directory;
    const dimse = { aeTitle: 'YINGLIAN', dicomPort: 1, workstations: [] };
    const [edge, viewer, dicomweb, dicomwebDirect, fhir, cdsHooks] = Array(6).fill('http://127.0.0.1:1');
    const reached = { edge, viewer, dicomweb, dicomwebDirect, fhir, cdsHooks, oidc, hospitals: [] };
    const endpoints = {
      ...reached,
      users: [auditor, { ...auditor, username: 'dr.lin' }],
      clients: [],
      dimse,
      processes: [],
    };
    await writeFile(join(home, 'endpoints.json'), JSON.stringify(endpoints));
  });
  afterAll(async () => {
    await directory.stop();
    await rm(home, { recursive: true });
  });

  /** What it prints, and whether it asked for a password. */
  const printed = async (username: string, answer: string) => {
    const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    let isAsked = false;
    try {
      await printToken(readSettings({ YINGLIAN_HOME: home }), username, async () => {
        isAsked = true;
        return answer;
      });
      const verified = await directory.tokens.verify(String(log.mock.calls[0]?.[0]), undefined);
      return { isAsked, ...(verified.ok ? verified.value : {}) };
    } finally {
      log.mockRestore();
    }
  };

  it('is printed for who is of the sample, and for who was added, by the password', async () => {
    expect(await printed('auditor', '')).toMatchObject({ isAsked: false, subject: 'auditor' });
    await expect(printed('steward.new', told)).rejects.toThrow('has not chosen a password yet');
    await directory.personToken('steward.new', told);
    expect(await printed('steward.new', OWN_PASSWORD)).toMatchObject({ isAsked: true, subject: 'steward.new' });
  });

  it('is not printed without the right password', async () => {
    const refusal = 'steward.new is not known, or has another password.';
    await expect(printed('steward.new', `${told}x`)).rejects.toThrow(refusal);
    await expect(printed('steward.new', '')).rejects.toThrow('goes on standard input');
  });

  it('is not printed for who is of the sample and has changed the password', async () => {
    const change = { current: PASSWORD, password: OWN_PASSWORD };
    await directory.ask(await directory.personToken('dr.lin'), 'PUT', 'me/password', change);
    await expect(printed('dr.lin', '')).rejects.toThrow('dr.lin has another password than the sample by now');
  });

  it('is not printed for who has to enrol a second factor', async () => {
    directory.environment.SECOND_FACTOR = 'required';
    await directory.restart();
    await expect(printed('auditor', '')).rejects.toThrow('auditor has a second factor, needs one, or');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DirectoryService } from '../testing/directory-service.js';

describe('an administrator of a hospital', () => {
  let directory: DirectoryService;
  let theirs: string;

  beforeAll(async () => {
    directory = await DirectoryService.start();
    theirs = await directory.personToken('admin.h1');
  });
  afterAll(() => directory?.stop());

  it('keeps its departments and its AE titles, and knows it in full', async () => {
    const { body } = await directory.ask(theirs, 'GET', 'hospitals');
    expect(body.hospitals.map((hospital: object) => 'callingAeTitles' in hospital)).toEqual([true, false]);
    const done = [
      await directory.ask(theirs, 'PATCH', 'hospitals/H001', { version: 1, callingAeTitles: ['MR01'] }),
      await directory.ask(theirs, 'POST', 'hospitals/H001/departments', { code: 'NEU', name: '神经内科' }),
      await directory.ask(theirs, 'PATCH', 'hospitals/H001/departments/NEU', { version: 1, name: '神经科' }),
      await directory.ask(theirs, 'GET', 'hospitals/H001/workstations'),
    ];
    expect(done.map(({ status }) => status)).toEqual([200, 201, 200, 200]);
  });

  it('does nothing for another one, nor for the province', async () => {
    const refused = [
      await directory.ask(theirs, 'GET', 'hospitals/H002'),
      await directory.ask(theirs, 'PATCH', 'hospitals/H002', { version: 1, callingAeTitles: ['MR01'] }),
      await directory.ask(theirs, 'POST', 'hospitals', {
        code: 'H008',
        name: '新',
        level: 'county',
        callingAeTitles: [],
      }),
      await directory.ask(theirs, 'POST', 'hospitals/H002/departments', { code: 'NEU', name: '神经内科' }),
      await directory.ask(theirs, 'GET', 'hospitals/H002/workstations'),
      await directory.ask(theirs, 'POST', 'clients', { clientId: 'pacs', scopes: ['changes:read'] }),
      await directory.ask(theirs, 'POST', 'clients/launcher/secret'),
      await directory.ask(theirs, 'PUT', 'upload-deadlines/urgent/2026-12-01', { minutes: 30, source: '本院' }),
    ];
    expect(refused.map(({ status, body: { code } }) => [status, code])).toEqual(
      refused.map(() => [403, 'OF_ANOTHER_HOSPITAL']),
    );
  });
});

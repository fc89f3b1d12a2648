import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { includes, noteVerifier, openCheckpoint, recordHash } from '@yinglian/transparency-log';
import { ConsentAuditService } from '../testing/consent-audit-service.js';
import { newPatient, person } from '../testing/emergency.js';

const auditor = person('auditor', null);

describe('the export of a case', () => {
  let service: ConsentAuditService;
  let caseId: string;
  const ask = (path: string, who = auditor, method = 'GET', body?: object) => service.askAs(who, method, path, body);
  /** What is kept now is sealed within a second or so. */
  const exported = async () => {
    for (let tries = 0; tries < 50; tries += 1) {
      const answer = await ask(`cases/${caseId}/export`);
      if (answer.body.code !== 'LOG_NOT_SEALED') return answer;
      await pause(100);
    }
    throw new Error('The log is not sealed');
  };

  beforeAll(async () => {
    service = await ConsentAuditService.start();
    const { personId, study } = newPatient();
    await service.knows(personId, study);
    for (const hospital of ['H001', 'H002', 'H001']) await service.opening(hospital, personId, study);
    await service.settled();
    const { items } = (await ask(`accesses?studyInstanceUid=${study}&action=study.retrieve`)).body;
    const accessIds = items.map(({ accessId }: { accessId: string }) => accessId);
    caseId = (await ask('cases', auditor, 'POST', { title: '三次查看', accessIds })).body.caseId;
    await ask(`cases/${caseId}/entries`, auditor, 'POST', { kind: 'note', body: '调取记录' });
  });
  afterAll(() => service.stop());

  it('has each record with a proof that leads to what was signed, and what was written of it', async () => {
    const { body } = await exported();
    const { size, root } = openCheckpoint(body.checkpoint, body.origin, body.verifierKeys.map(noteVerifier));
    expect(body.records).toHaveLength(3);
    const holds = (index: number, record: object, proof: string[]) =>
      includes(
        proof.map((hash) => Buffer.from(hash, 'base64')),
        index,
        recordHash(record as Record<string, unknown>),
        size,
        root,
      );
    for (const { index, record, proof } of body.records) {
      expect(holds(index, record, proof)).toBe(true);
      expect(holds(index, { ...record, action: 'study.search' }, proof)).toBe(false);
    }
    expect(body.case).toMatchObject({ caseId, title: '三次查看', entries: [{ kind: 'note', body: '调取记录' }] });
  });

  it('is the auditors’ alone, and recorded as an export', async () => {
    expect((await ask(`cases/${caseId}/export`, person('steward', null))).status).toBe(403);
    await service.settled();
    const { items } = (await ask('accesses?action=audit.export')).body;
    const who = items.map(({ actor, decision }: { actor: { subject: string }; decision: { outcome: string } }) => [
      actor.subject,
      decision.outcome,
    ]);
    expect(who).toContainEqual(['the.auditor.null', 'permit']);
    expect(who).toContainEqual(['the.steward.null', 'deny']);
  });
});

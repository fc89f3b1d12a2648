import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shippedPolicies, versionOf } from '@yinglian/access';
import { PoliciesAdoptedV1, type PolicyFiles } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { ConsentAuditService } from '../testing/consent-audit-service.js';
import { newPatient, person } from '../testing/emergency.js';

const shipped = shippedPolicies();
const REASON = '只允许浏览器调阅本院影像，工作站改用令牌登录';

/** Nothing is opened by a program without a user, also at home: what `service.opening` does. */
const stricter: PolicyFiles = {
  ...shipped.files,
  'devices.cedar':
    '@id("people-open")\nforbid (principal, action == Action::"study.retrieve", resource) when { context.device == "program" };',
};
const strict = versionOf({ ...shipped, files: stricter });

describe('policies that are proposed and signed', () => {
  let service: ConsentAuditService;
  let patient: string;
  let study: string;

  const one = person('security-administrator', null, { subject: 'security', displayName: '方安全' });
  const other = person('security-administrator', null, { subject: 'security2', displayName: '石安全' });
  const get = (path: string, who = one) => service.askAs(who, 'GET', path);
  const post = (path: string, body: object, who = one) => service.askAs(who, 'POST', path, body);
  const propose = async (files: PolicyFiles, who = one) =>
    (await post('policy-proposals', { files, reason: REASON }, who)).body.proposalId as string;
  const decide = (proposalId: string, decision: string, who = other) =>
    post(`policy-proposals/${proposalId}/decision`, { decision, note: '同意' }, who);
  const codeOf = async (answered: Promise<{ status: number; body: { code: string } }>) => {
    const { status, body } = await answered;
    return [status, body.code];
  };

  beforeAll(async () => {
    service = await ConsentAuditService.start();
    ({ personId: patient, study } = newPatient());
    await service.knows(patient, study);
    // By the hospital that made it, and by one that has nothing to do with the person.
    for (const hospital of ['H001', 'H001', 'H001', 'H003']) await service.opening(hospital, patient, study);
    await service.settled();
  });
  afterAll(() => service.stop());

  it('are the release’s own at first, to be read by security administrators and auditors', async () => {
    for (const role of ['security-administrator', 'auditor'] as const) {
      const { body } = await get('policies', person(role, null));
      expect(body).toEqual({
        version: versionOf(shipped),
        ...shipped,
        release: { version: versionOf(shipped), files: shipped.files },
        adoption: 0,
        adoptedAt: null,
        proposedBy: null,
        signedBy: null,
      });
    }
    for (const role of ['administrator', 'clinician', 'steward', 'patient'] as const) {
      expect((await get('policies', person(role, 'H001'))).status).toBe(403);
    }
  });

  it('are tried on what was decided in the last week, before anybody proposes them', async () => {
    const { body } = await post('policy-trials', { files: stricter });
    expect(body).toEqual({
      version: strict,
      from: expect.any(String),
      to: expect.any(String),
      tried: 4,
      refused: 3,
      permitted: 0,
      changes: [
        {
          action: 'study.retrieve',
          roles: ['clinician'],
          hospital: 'H001',
          purposeOfUse: 'TREAT',
          was: 'HOME_HOSPITAL',
          wouldBe: 'POLICY_FORBIDS',
          kind: 'refused',
          accesses: 3,
        },
      ],
    });
    expect(Date.parse(body.to) - Date.parse(body.from)).toBe(7 * 24 * 3_600_000);
    expect((await get('policy-proposals')).body.items).toEqual([]);
  });

  it.each<[string, PolicyFiles, [number, string], RegExp]>([
    [
      'name what is not known',
      { 'x.cedar': '@id("x")\npermit (principal, action, resource) when { context.friend };' },
      [422, 'POLICIES_INVALID'],
      /x: .*friend/,
    ],
    ['are no Cedar', { 'x.cedar': 'permit everything' }, [422, 'POLICIES_INVALID'], /./],
    [
      'open what patients closed',
      { ...shipped.files, 'patients.cedar': '' },
      [422, 'POLICIES_BEYOND_LIMITS'],
      /objections-are-obeyed/,
    ],
    ['are in force', { ...shipped.files }, [409, 'POLICIES_UNCHANGED'], /.*/],
    ['are in no file', {}, [422, 'POLICIES_INVALID'], /no policies/],
    ['are in a file that leads elsewhere', { '../x.cedar': '' }, [400, 'INVALID_REQUEST'], /./],
  ])('are refused when they %s', async (_, files, expected, detail) => {
    const { status, body } = await post('policy-proposals', { files, reason: REASON });
    expect([status, body.code]).toEqual(expected);
    expect(body.detail ?? '').toMatch(detail);
  });

  it('take two people, the second with a fresh second factor', async () => {
    const proposalId = await propose(stricter);
    expect(await codeOf(decide(proposalId, 'sign', one))).toEqual([403, 'PROPOSAL_OF_OWN']);
    expect(await codeOf(decide(proposalId, 'refuse', one))).toEqual([403, 'PROPOSAL_OF_OWN']);
    const stale = { ...other, secondFactorAt: new Date(Date.now() - 6 * 60_000) };
    expect(await codeOf(decide(proposalId, 'sign', stale))).toEqual([403, 'SECOND_FACTOR_NEEDED']);
    expect((await decide(proposalId, 'sign', person('administrator', null))).status).toBe(403);
    expect(await service.opening('H001', patient, study)).toBe('HOME_HOSPITAL');
    const before = await service.app
      .get(Database)
      .query<{ accessId: string }>(
        'SELECT access_id AS "accessId" FROM accesses WHERE code = \'HOME_HOSPITAL\' LIMIT 1',
      );

    const { status, body } = await decide(proposalId, 'sign');
    expect([status, body.state, body.adoption, body.decidedBy]).toEqual([200, 'adopted', 1, 'security2']);
    await service.settled();
    expect(await service.opening('H001', patient, study)).toBe('POLICY_FORBIDS');
    expect((await get('policies')).body).toMatchObject({
      version: strict,
      files: stricter,
      adoption: 1,
      proposedBy: 'security',
      signedBy: 'security2',
    });
    const [listed] = (await get('policy-proposals', person('auditor', null))).body.items;
    expect(listed).toMatchObject({
      proposalId,
      reason: REASON,
      note: '同意',
      trial: { refused: 3 },
      files: stricter,
      baseFiles: shipped.files,
    });
    const told = await service.log.query<{ data: object }>(
      `SELECT envelope::jsonb -> 'data' AS data FROM event_log.records WHERE envelope::jsonb ->> 'type' LIKE $1`,
      [`%${PoliciesAdoptedV1.type}`],
    );
    expect(told.map(({ data }) => data)).toMatchObject([{ adoption: 1, version: strict, files: stricter }]);
    const deeds = await service.askAs(person('auditor', null), 'GET', 'accesses?action=policies.sign');
    expect(deeds.body.items).toMatchObject([{ actor: { subject: 'security2' }, decision: { code: strict } }]);
    // What was decided before is decided again by what was in force then.
    const auditor = person('auditor', null);
    const again = await service.askAs(auditor, 'GET', `accesses/${before[0]?.accessId}/replay`);
    expect(again.body).toMatchObject({
      policyVersion: versionOf(shipped),
      recorded: { permitted: true, code: 'HOME_HOSPITAL', policies: ['clinician-opens-at-home'] },
      isSame: true,
      texts: { 'clinician-opens-at-home': expect.stringContaining('principal.hospital == resource.ownerHospital') },
    });
    expect(again.body.replayed).toEqual(again.body.recorded);
  });

  it('stay in force after a new start, and are decided on once', async () => {
    await service.stopService();
    await service.startService();
    expect(await service.opening('H001', patient, study)).toBe('POLICY_FORBIDS');
    const [back, elsewhere, unwanted, late] = [
      await propose(shipped.files as PolicyFiles),
      await propose({ ...stricter, 'more.cedar': stricter['devices.cedar']?.replace('people-open', 'more') ?? '' }),
      await propose({ ...shipped.files, 'more.cedar': stricter['devices.cedar'] ?? '' }, other),
      await propose(shipped.files as PolicyFiles, other),
    ];
    expect(await codeOf(decide(unwanted, 'withdraw', one))).toEqual([403, 'PROPOSAL_OF_ANOTHER']);
    expect((await decide(unwanted, 'withdraw')).body.state).toBe('withdrawn');
    expect((await decide(elsewhere, 'refuse')).body).toMatchObject({ state: 'refused', adoption: null });
    expect(await codeOf(decide(elsewhere, 'sign'))).toEqual([409, 'PROPOSAL_DECIDED']);
    const statuses = await Promise.all(Array.from({ length: 6 }, () => decide(back, 'sign')));
    expect(statuses.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    await service.settled();
    expect(await service.opening('H001', patient, study)).toBe('HOME_HOSPITAL');
    // Proposed when others were in force.
    expect(await codeOf(decide(late, 'sign', one))).toEqual([409, 'POLICIES_CHANGED_MEANWHILE']);
    expect(await codeOf(decide('0192f0c1-5f4e-7c3a-9b1d-000000000021', 'sign'))).toEqual([404, 'PROPOSAL_NOT_FOUND']);
    // What was proposed and decided stays, whoever writes there.
    const database = service.app.get(Database);
    for (const change of ["SET note = 'x' WHERE state = 'refused'", "SET reason = 'x' WHERE state = 'waiting'"])
      await expect(database.query(`UPDATE policy_proposals ${change}`)).rejects.toThrow('never changed');
    for (const removal of ['DELETE FROM policy_proposals', 'TRUNCATE policy_proposals'])
      await expect(database.query(removal)).rejects.toThrow('never changed');
  });

  it('are not asked again about what no policy decided', async () => {
    const auditor = person('auditor', null);
    const replay = (id: string, who = auditor) => codeOf(service.askAs(who, 'GET', `accesses/${id}/replay`));
    expect(await replay('0192f0c1-5f4e-7c3a-9b1d-000000000021')).toEqual([404, 'RECORD_NOT_FOUND']);
    expect(await replay('1')).toEqual([400, 'INVALID_REQUEST']);
    expect(await replay('0192f0c1-5f4e-7c3a-9b1d-000000000021', person('clinician', 'H001'))).toEqual([
      403,
      'ACCESS_DENIED',
    ]);
    await service.app.get(Database).query(
      `INSERT INTO accesses (position, event_id, access_id, at, count, subject, display_name, roles, action, purpose_of_use, query,
         outcome, code, policies, policy_version, service, trace_id)
       SELECT max(position) + 1, gen_random_uuid(), '0192f0c1-5f4e-7c3a-9b1d-000000000099', now(), 1, 'a', 'a', '{}', 'session.begin',
         'HOPERAT', '{}', 'permit', 'PASSWORD', '{}', '', 'directory', '' FROM accesses`,
    );
    expect(await replay('0192f0c1-5f4e-7c3a-9b1d-000000000099')).toEqual([409, 'DECISION_NOT_REPLAYABLE']);
  });
});

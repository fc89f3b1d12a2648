import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BOUNDARY,
  ctSeries,
  DicomWebClient,
  dataSetOf,
  fileOf,
  firstValue,
  machineHas,
  multipart,
  type Province,
  runProgram,
  startProvince,
} from '@yinglian/testing';
import { eventually } from './eventually.js';
import { sendSeries } from './send-files.js';

interface AccessPage {
  readonly items: readonly {
    readonly action: string;
    readonly actor: { readonly displayName: string; readonly hospital: string | null };
    readonly studyInstanceUid: string | null;
    readonly decision: { readonly outcome: string; readonly code: string };
  }[];
}

describe('an image sent at one hospital', () => {
  let province: Province;
  const seen = ctSeries(12);
  const here = ctSeries(2, seen.patientId);

  const as = async (username: string) =>
    new DicomWebClient(province.endpoints.dicomweb, await province.token(username));
  const hospital = (code: string) => {
    const found = province.endpoints.hospitals.find((candidate) => candidate.code === code);
    if (found === undefined) throw new Error(`There is no hospital ${code}`);
    return found;
  };
  const post = async (username: string, path: string, body: object) =>
    fetch(`${province.endpoints.edge}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await province.token(username)}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const studyOf = (client: DicomWebClient, uid: string, instances: number) =>
    eventually(`study with ${instances} instances`, async () => {
      const [study] = await client.find(`/studies?StudyInstanceUID=${uid}`);
      return firstValue(study, '00201208') === instances ? study : undefined;
    });

  beforeAll(async () => {
    province = await startProvince();
    await sendSeries(hospital('H001'), seen);
  }, 180_000);
  afterAll(() => province.stop(), 60_000);

  it('is found by a clinician of another hospital, under the person of the province', async () => {
    const study = await studyOf(await as('dr.chen'), seen.studyInstanceUid, 12);
    expect(firstValue(study, '00100020')).toMatch(/^P[0-9A-Z]{26}$/);
    expect(firstValue(study, '00100021')).toBe('YINGLIAN');
  });

  it('is opened where it was made, byte for byte', async () => {
    const client = await as('dr.lin');
    await studyOf(client, seen.studyInstanceUid, 12);
    const files = await client.retrieve(`/studies/${seen.studyInstanceUid}`);
    const hashes = files.map((file) => createHash('sha256').update(dataSetOf(file)).digest('hex'));
    expect(hashes.sort()).toEqual(seen.slices.map(({ sha256 }) => sha256).sort());
  });

  it('is as well stored at the province itself by a program of its hospital, and linked to a person', async () => {
    const stored = ctSeries(3);
    const answer = await fetch(`${province.endpoints.dicomweb}/studies`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await province.programToken('device-H001', 'stow:write')}`,
        'content-type': `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`,
      },
      body: multipart(stored.slices.map(fileOf)),
    });
    const study = `${province.endpoints.dicomweb}/studies/${stored.studyInstanceUid}`;
    expect([answer.status, await answer.json()]).toMatchObject([200, { '00081190': { Value: [study] } }]);
    const person = await eventually('the study with its person', async () => {
      const [found] = await (await as('dr.chen')).find(`/studies?StudyInstanceUID=${stored.studyInstanceUid}`);
      const id = String(firstValue(found, '00100020'));
      return /^P[0-9A-Z]{26}$/.test(id) ? id : undefined;
    });
    const again = await (await as('dr.chen')).find(`/studies?PatientID=${person}`);
    expect(again.map((each) => firstValue(each, '0020000D'))).toEqual([stored.studyInstanceUid]);
  });

  (machineHas('dcmtk') ? it : it.skip)('is fetched by C-GET of its hospital’s workstation alone', async () => {
    await studyOf(await as('dr.lin'), seen.studyInstanceUid, 12);
    const { aeTitle, dicomPort, workstations } = province.endpoints.dimse;
    const fetched = async (code: string) => {
      const calling = workstations.find((each) => each.hospital === code)?.aeTitle ?? '';
      const folder = await mkdtemp(join(tmpdir(), 'yinglian-fetched-'));
      const keys = ['-k', 'QueryRetrieveLevel=STUDY', '-k', `StudyInstanceUID=${seen.studyInstanceUid}`];
      const titles = ['-S', '+B', '-aet', calling, '-aec', aeTitle];
      await runProgram('getscu', [...titles, '-od', folder, ...keys, '127.0.0.1', String(dicomPort)]);
      const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
      await rm(folder, { recursive: true });
      return files.map((file) => createHash('sha256').update(dataSetOf(file)).digest('hex')).sort();
    };
    expect(await fetched('H001')).toEqual(seen.slices.map(({ sha256 }) => sha256).sort());
    expect(await fetched('H002')).toEqual([]);
  });

  it('is refused to a hospital without a treating relationship until a reason is given, and then opened at once', async () => {
    const client = await as('dr.zhao');
    const refused = await client.get(`/studies/${seen.studyInstanceUid}/metadata`);
    expect([refused.status, refused.json<{ code: string }>().code]).toEqual([403, 'ACCESS_REASON_NEEDED']);
    const declared = await post('dr.zhao', '/api/consent-audit/declared-relationships', {
      studyInstanceUid: seen.studyInstanceUid,
      reason: '会诊:外院转诊患者,需对比既往影像',
    });
    expect(declared.status).toBe(201);
    const opened = await client.get(`/studies/${seen.studyInstanceUid}/metadata`);
    expect(opened.status).toBe(200);
    expect(opened.json<object[]>()).toHaveLength(12);
  });

  it('is refused to an administrator and to an auditor whatever they say', async () => {
    for (const username of ['admin', 'auditor']) {
      const client = await as(username);
      expect((await client.get(`/studies/${seen.studyInstanceUid}/metadata`)).status).toBe(403);
      expect((await client.get(`/studies?StudyInstanceUID=${seen.studyInstanceUid}`)).status).toBe(403);
    }
  });

  it('is in the auditor’s list: who opened it, who was refused', async () => {
    const page = await eventually('the record of the accesses', async () => {
      const response = await fetch(
        `${province.endpoints.edge}/api/consent-audit/accesses?studyInstanceUid=${seen.studyInstanceUid}&limit=100`,
        { headers: { authorization: `Bearer ${await province.token('auditor')}` } },
      );
      const accesses = (await response.json()) as AccessPage;
      return accesses.items.some(({ actor, decision }) => actor.hospital === 'H003' && decision.outcome === 'permit')
        ? accesses
        : undefined;
    });
    const rows = page.items.map(({ actor, action, decision }) => [
      actor.hospital,
      action,
      decision.outcome,
      decision.code,
    ]);
    expect(rows).toContainEqual(['H003', 'study.retrieve', 'deny', 'ACCESS_REASON_NEEDED']);
    expect(rows).toContainEqual(['H003', 'study.retrieve', 'permit', 'DECLARED_RELATIONSHIP']);
    expect(rows).toContainEqual(['H001', 'study.retrieve', 'permit', expect.any(String)]);
  });

  it('is opened without a reason by a hospital that has treated the person itself', async () => {
    // Two hospitals know a person as one by the resident id; the sample person is one of them.
    const client = await as('dr.chen');
    const studies = await eventually('both studies of one person', async () => {
      const [mine] = await client.find('/studies?PatientName=*XIAOYU*');
      const all = await client.find(`/studies?PatientID=${String(firstValue(mine, '00100020'))}`);
      return all.length === 2 ? all : undefined;
    });
    for (const study of studies) {
      expect((await client.get(`/studies/${String(firstValue(study, '0020000D'))}/metadata`)).status).toBe(200);
    }
  });

  it('closes again for other hospitals when the patient objects', async () => {
    await sendSeries(hospital('H001'), here);
    const clinician = await as('dr.zhao');
    const study = await studyOf(clinician, here.studyInstanceUid, 2);
    const personId = firstValue(study, '00100020');
    const objection = await post('steward', '/api/consent-audit/consents', {
      personId,
      decision: 'closes',
      identity: 'resident-id',
      scope: { kind: 'study', studyInstanceUid: here.studyInstanceUid },
      note: '患者在门诊窗口提出',
    });
    expect(objection.status).toBe(201);
    // A permit rests on a copy of the consents that may be some milliseconds old (ADR 0006).
    const refused = await eventually('a refusal', async () => {
      const answer = await clinician.get(`/studies/${here.studyInstanceUid}/metadata`);
      return answer.status === 403 && answer;
    });
    expect(refused.json<{ code: string }>().code).toBe('PATIENT_OBJECTS');
    expect(await clinician.find(`/studies?StudyInstanceUID=${here.studyInstanceUid}`)).toEqual([]);
    expect((await (await as('dr.lin')).get(`/studies/${here.studyInstanceUid}/metadata`)).status).toBe(200);
  });

  it('is known to another hospital’s own system in FHIR, by its number and by its person', async () => {
    const token = await province.programToken('his-H002', 'persons:read');
    const ask = async (path: string) => {
      const response = await fetch(`${province.endpoints.fhir}/${path}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const sourceIdentifier = `urn:yinglian:hospital:H001|${seen.patientId}`;
    const { status, body } = await ask(`Patient/$ihe-pix?${new URLSearchParams({ sourceIdentifier })}`);
    const parameters = body.parameter as { name: string; valueReference?: { reference: string } }[];
    const reference = parameters.find(({ name }) => name === 'targetId')?.valueReference?.reference ?? '';
    expect([status, reference]).toEqual([200, expect.stringMatching(/^Patient\/P[0-9A-Z]{26}$/)]);
    const found = await ask(`Patient?${new URLSearchParams({ identifier: sourceIdentifier })}`);
    expect(found.body.entry).toMatchObject([{ fullUrl: `${province.endpoints.fhir}/${reference}` }]);
    expect((await ask('metadata')).body.implementation).toMatchObject({ url: province.endpoints.fhir });
  });

  it('is an ImagingStudy, has a manifest, and is told of to who keeps up with studies', async () => {
    const { edge, fhir, dicomweb } = province.endpoints;
    const asLin = { authorization: `Bearer ${await province.token('dr.lin')}` };
    const patient = `urn:yinglian:hospital:H001|${seen.patientId}`;
    const found = await fetch(`${fhir}/ImagingStudy?${new URLSearchParams({ 'patient.identifier': patient })}`, {
      headers: asLin,
    });
    const { entry } = (await found.json()) as { entry: { resource: { id: string; numberOfInstances: number } }[] };
    const one = entry.map(({ resource }) => resource).find(({ id }) => id === seen.studyInstanceUid);
    expect([found.status, one?.numberOfInstances]).toEqual([200, 12]);
    const manifest = await fetch(`${edge}/api/study-registry/studies/${seen.studyInstanceUid}/manifest`, {
      headers: asLin,
    });
    const bytes = Buffer.from(await manifest.arrayBuffer());
    expect([manifest.status, bytes.includes(dicomweb)]).toEqual([200, true]);
    for (const { sopInstanceUid } of seen.slices) expect(bytes.includes(sopInstanceUid)).toBe(true);
    const changes = await fetch(`${edge}/api/study-registry/changes?limit=1000`, {
      headers: { authorization: `Bearer ${await province.programToken('exchange', 'changes:read')}` },
    });
    const told = (await changes.json()) as { changes: { studyInstanceUid: string; version: number }[] };
    const versions = told.changes.filter((change) => change.studyInstanceUid === seen.studyInstanceUid);
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_, at) => at + 1));
    expect(versions.length).toBeGreaterThan(0);
  });

  it('leaves no trace of a patient in any service’s log', async () => {
    const lin = await as('dr.lin');
    await lin.get(`/studies?PatientName=${encodeURIComponent('王小雨*')}&AccessionNumber=A${seen.patientId}`);
    await lin.get(`/studies?PatientID=${encodeURIComponent("x' OR 1=1")}&StudyDate=notadate`);
    const folder = join(province.home, 'logs');
    const logs = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(logs.length).toBeGreaterThanOrEqual(9);
    expect(logs.some((log) => log.includes('"service":"study-registry"'))).toBe(true);
    const people = /小雨|XIAOYU|子墨|ZIMO|建平|桂兰|一帆|M0010086|CT2600317|3399\d{14}|Bench\^?Patient|测试/i;
    expect(
      logs.filter((log) => people.test(log) || log.includes(seen.patientId) || log.includes(here.patientId)),
    ).toEqual([]);
  });
});

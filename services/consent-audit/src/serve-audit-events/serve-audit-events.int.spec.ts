import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEvent, Bundle } from '@yinglian/fhir';
import { ConsentAuditService } from '../testing/consent-audit-service.js';
import { emergency, newPatient, person } from '../testing/emergency.js';

const auditor = person('auditor', null);

describe('the audit log in FHIR', () => {
  let service: ConsentAuditService;
  const { personId, study } = newPatient();
  const { personId: other } = newPatient();
  const clinician = person('clinician', 'H003');

  beforeAll(async () => {
    service = await ConsentAuditService.start();
    await service.knows(personId, study);
    await service.askAs(clinician, 'POST', 'break-glass', emergency({ personId }));
    await service.opening('H003', personId, study);
    await service.opening('H002', personId, study);
    await service.settled();
  });
  afterAll(() => service.stop());

  const fhir = async (path: string, who = auditor, form?: string) =>
    service.askFhir(who, `AuditEvent${path}`, form) as Promise<{ status: number; body: Bundle }>;
  const found = async (query: string) =>
    ((await fhir(`?${query}`)).body.entry ?? []).map(({ resource }) => resource as AuditEvent);
  const codesOf = (events: AuditEvent[]) => events.map(({ outcomeDesc }) => outcomeDesc).sort();

  it('is searched by whom, by whom it was done, by what, by outcome and by date', async () => {
    const looks = `entity=ImagingStudy/${study}`;
    expect(codesOf(await found(looks))).toEqual(['ACCESS_REASON_NEEDED', 'BREAK_GLASS']);
    expect(codesOf(await found(`${looks}&outcome=8`))).toEqual(['ACCESS_REASON_NEEDED']);
    expect(codesOf(await found(`${looks}&agent=the.clinician.H003`))).toEqual(['BREAK_GLASS']);
    const identified = encodeURIComponent('urn:yinglian:account|the.clinician.H002');
    expect(codesOf(await found(`patient=${personId}&agent:identifier=${identified}`))).toEqual([
      'ACCESS_REASON_NEEDED',
    ]);
    expect(codesOf(await found(`patient=Patient/${personId}&agent-name=clinician`))).toEqual([
      'ACCESS_REASON_NEEDED',
      'BREAK_GLASS',
      'unconscious',
    ]);
    const byThem = `${looks}&agent-name=clinician`;
    const today = new Date().toISOString();
    expect(codesOf(await found(`${byThem}&date=lt${encodeURIComponent(today)}&date=ge2026-01-01`))).toHaveLength(2);
    expect(codesOf(await found(`${byThem}&date=gt${encodeURIComponent(today)}`))).toEqual([]);
    expect(await found(`patient=${other}`)).toEqual([]);
  });

  it('is searched by a form as well, so that no address has whom it is about', async () => {
    const { body } = await fhir('/_search', auditor, `patient=${personId}&outcome=8`);
    expect(body.entry).toHaveLength(1);
  });

  it('is paged by links that say nothing, each record once', async () => {
    const ids: (string | undefined)[] = [];
    let query = `?patient=${personId}&agent-name=clinician&_count=1`;
    for (let pages = 0; pages < 5 && query !== ''; pages += 1) {
      const { body } = await fhir(query);
      ids.push(...(body.entry ?? []).map(({ resource }) => resource?.id));
      const next = body.link?.find(({ relation }) => relation === 'next')?.url;
      expect(next ?? '').not.toContain(personId);
      query = next?.slice(next.indexOf('?')) ?? '';
    }
    expect([ids.length, new Set(ids).size]).toEqual([3, 3]);
  });

  it('is read by id, as the search has it', async () => {
    const [event] = await found(`entity=ImagingStudy/${study}&outcome=0`);
    expect((await fhir(`/${event?.id}`)).body).toEqual(event);
    const { status, body } = await fhir('/0192f0c1-5f4e-7c3a-9b1d-0000000000ff');
    expect([status, body.resourceType]).toEqual([404, 'OperationOutcome']);
    expect((await fhir('/nothing')).status).toBe(404);
  });

  it.each([
    ['nobody=1', 'PARAMETER_NOT_SUPPORTED'],
    ['patient=nobody', 'PARAMETER_INVALID'],
    ['patient:exact=x', 'PARAMETER_NOT_SUPPORTED'],
    ['outcome=4', 'PARAMETER_INVALID'],
    ['outcome=0,8', 'PARAMETER_NOT_SUPPORTED'],
    ['date=ne2026', 'PARAMETER_INVALID'],
    ['date=2026-02-30', 'PARAMETER_INVALID'],
    ['_count=0', 'PARAMETER_INVALID'],
    ['_page=made-up', 'PARAMETER_INVALID'],
  ])('refuses %s', async (query, code) => {
    const { status, body } = await fhir(`?${query}`);
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(code)]);
  });

  it('is the auditors’ alone, and says who looked', async () => {
    for (const role of ['clinician', 'administrator', 'steward', 'patient'] as const)
      expect((await fhir(`?patient=${other}`, person(role, null))).status).toBe(403);
    await service.settled();
    const asked = await found(`patient=${other}`);
    expect(asked.map(({ outcome, agent }) => [outcome, agent[2]?.role?.[0]?.text]).sort()).toEqual([
      ['0', 'auditor'],
      ['8', 'administrator'],
      ['8', 'clinician'],
      ['8', 'patient'],
      ['8', 'steward'],
    ]);
  });
});

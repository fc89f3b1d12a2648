import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { AccessAction, DeedAction, SignInAction } from '@yinglian/contracts';
import { type AuditEvent, capabilityStatement } from '@yinglian/fhir';
import { FhirValidator, machineHas } from '@yinglian/testing';
import { EVENT_KINDS } from '../domain/event-kind.js';
import { accessRow, KINDS_OF_ROWS, REFUSED } from '../testing/access-rows.js';
import { auditEvent } from './audit-event.js';
import { CONTROLS, CRITERIA } from './read-audit-search.js';

const BALP = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.';
const shapeOf = ({ meta, type, subtype, action, outcome }: AuditEvent) => [
  meta?.profile?.[0]?.slice(BALP.length),
  type.code,
  subtype?.[0]?.code,
  action,
  outcome,
];

describe('a record as AuditEvent', () => {
  it('says who did what with what, for what, on which basis', () => {
    expect(auditEvent(accessRow())).toEqual({
      resourceType: 'AuditEvent',
      id: '0192f0c1-5f4e-7c3a-9b1d-000000000007',
      meta: { profile: [`${BALP}PatientRead`], lastUpdated: '2026-11-24T08:05:00.000Z' },
      type: expect.objectContaining({ code: 'rest' }),
      subtype: [{ system: 'http://hl7.org/fhir/restful-interaction', code: 'read' }],
      action: 'R',
      period: { start: '2026-11-24T08:00:00.000Z', end: '2026-11-24T08:05:00.000Z' },
      recorded: '2026-11-24T08:00:00.000Z',
      outcome: '0',
      outcomeDesc: 'TREATING_HOSPITAL',
      purposeOfEvent: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT' }] }],
      agent: [
        {
          type: { coding: [expect.objectContaining({ code: '110152' })] },
          who: { extension: [expect.objectContaining({ valueCode: 'unknown' })] },
          requestor: false,
          network: { extension: [expect.objectContaining({ valueCode: 'unknown' })] },
        },
        {
          type: { coding: [expect.objectContaining({ code: '110153' })] },
          who: { identifier: { system: 'urn:yinglian:service', value: 'study-registry' } },
          requestor: false,
          network: { address: 'study-registry', type: '1' },
        },
        {
          type: { coding: [expect.objectContaining({ code: 'IRCP' })] },
          who: { identifier: { system: 'urn:yinglian:account', value: 'dr.lin' } },
          name: '林医生',
          requestor: true,
          role: [{ text: 'clinician' }],
          policy: ['urn:yinglian:policy:clinician-opens'],
        },
      ],
      source: expect.objectContaining({ observer: { display: 'study-registry' } }),
      entity: [
        {
          what: { reference: 'Patient/P00000000000000000000000007' },
          type: expect.objectContaining({ code: '1' }),
          role: expect.objectContaining({ code: '1' }),
        },
        {
          what: { reference: 'ImagingStudy/1.2.3.7' },
          type: expect.objectContaining({ code: '2' }),
          role: expect.objectContaining({ code: '4' }),
        },
      ],
    });
  });

  it.each([
    ['study.retrieve', {}, ['PatientRead', 'rest', 'read', 'R', '0']],
    ['study.retrieve', { personId: null }, ['Read', 'rest', 'read', 'R', '0']],
    ['study.retrieve', { decision: REFUSED }, [undefined, '110103', '110103', 'R', '8']],
    ['person.read', {}, ['PatientRead', 'rest', 'read', 'R', '0']],
    ['person.search', { personId: null }, ['Query', 'rest', 'search-type', 'E', '0']],
    ['study.search', {}, ['PatientQuery', 'rest', 'search-type', 'E', '0']],
    ['audit.search', {}, ['PatientQuery', 'rest', 'search-type', 'E', '0']],
    ['audit.export', { personId: null }, [undefined, '110101', '110106', 'R', '0']],
    ['session.begin', {}, [undefined, '110114', '110122', 'E', '0']],
    ['session.end', {}, [undefined, '110114', '110123', 'E', '0']],
    ['break-glass.open', {}, [undefined, '110113', '110127', 'E', '0']],
    ['break-glass.end', {}, [undefined, '110113', '110138', 'E', '0']],
    ['staff.add', {}, [undefined, '110113', '110137', 'C', '0']],
    ['client.remove', {}, [undefined, '110113', '110129', 'D', '0']],
    ['person.merge', {}, [undefined, '110110', '110110', 'U', '0']],
    ['study.withdraw', {}, [undefined, '110103', '110103', 'U', '0']],
  ] as const)('of %s %j has the codes of its kind', (action, told, shape) => {
    expect(shapeOf(auditEvent(accessRow({ action, ...told })))).toEqual(shape);
  });

  it.each(KINDS_OF_ROWS)('of %s has what the BALP profile asks for that it names', (_, row) => {
    const { meta, agent, entity = [] } = auditEvent(row);
    const profile = meta?.profile?.[0]?.slice(BALP.length) ?? '';
    const ofType = (code: string) => agent.filter(({ type }) => type?.coding?.[0]?.code === code);
    for (const machine of [ofType('110152'), ofType('110153')])
      expect(machine).toEqual([expect.objectContaining({ who: expect.anything(), network: expect.anything() })]);
    expect(ofType('IRCP')).toEqual([expect.objectContaining({ requestor: true, who: expect.anything() })]);
    const slices = entity.map(({ type, role, ...more }) => [`${type?.code} ${role?.code}`, Object.keys(more).sort()]);
    if (profile.startsWith('Patient')) expect(slices).toContainEqual(['1 1', ['what']]);
    if (profile.endsWith('Query')) expect(slices.filter(([slice]) => slice === '2 24')).toEqual([['2 24', ['query']]]);
    if (profile.endsWith('Read')) expect(slices.filter(([slice]) => slice === '2 4')).toEqual([['2 4', ['what']]]);
  });

  it('names what was searched by and never a value', () => {
    const { entity } = auditEvent(accessRow({ action: 'study.search', query: ['00100020', 'from'] }));
    const query = entity?.find(({ role }) => role?.code === '24')?.query ?? '';
    expect(Buffer.from(query, 'base64').toString()).toBe('00100020&from');
  });

  it('has a kind for every action that is recorded', () => {
    const actions = [...AccessAction.options, ...DeedAction.options, ...SignInAction.options];
    expect(Object.keys(EVENT_KINDS).sort()).toEqual([...actions].sort());
  });

  it('is searched by what the CapabilityStatement and docs/reference/fhir.md say', () => {
    const [{ resource = [] } = {}] = capabilityStatement('http://x/fhir', '2026-11-29').rest ?? [];
    const stated = resource.find(({ type }) => type === 'AuditEvent')?.searchParam?.map(({ name }) => name);
    expect(stated?.sort()).toEqual([...CRITERIA.keys()].sort());
    const page = readFileSync(new URL('../../../../docs/reference/fhir.md', import.meta.url), 'utf8');
    const documented = [...CRITERIA.keys(), ...CONTROLS.keys()].filter((name) => name !== '_cursor');
    expect(documented.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  (machineHas('java') ? it : it.skip)(
    'is never one in which the FHIR validator finds an error',
    async () => {
      const validator = await FhirValidator.prepare();
      // It has the definitions of R4, and none of IHE's profiles: the test above holds these.
      const events = KINDS_OF_ROWS.map(([, row]) => {
        const { meta: _, ...event } = auditEvent(row);
        return event;
      });
      const issues = await validator.validate([{ ...events[0], agent: [] }, ...events]);
      const wrong = issues.map((of) => of.filter(({ severity }) => severity === 'error' || severity === 'fatal'));
      expect(wrong[0]).not.toEqual([]);
      expect(wrong.slice(1)).toEqual(KINDS_OF_ROWS.map(() => []));
    },
    300_000,
  );
});

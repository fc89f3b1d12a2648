import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { changedSetDigest, EMPTY_SET_DIGEST, type NamedBytes } from '@yinglian/dicom';
import type { PerformedStep } from '../domain/performed-step.js';
import { Ledger } from '../ledger/ledger.js';
import { forgetCompleteness } from '../storage/forget-completeness.js';
import { JoinDecisionStore } from '../storage/join-decision.store.js';
import { at, CompletenessWorld, complete, text } from '../testing/completeness-world.js';

describe('exams, held against their images', () => {
  let folder: string;
  let world: CompletenessWorld;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-completeness-'));
    world = new CompletenessWorld(await Ledger.open(folder));
  });
  afterEach(async () => {
    await world.ledger.close();
    await rm(folder, { recursive: true });
  });

  it('go from ordered to registered, and are registered on the registry’s word only', async () => {
    world.order('A1');
    world.settle();
    expect(world.exams()).toEqual([['A1', 'ordered', null, null, '']]);
    world.study('1.2.1', { accessionNumber: 'A1' });
    world.settle();
    expect(world.exams()).toEqual([['A1', 'performed', 'due', null, 'ACCESSION_NUMBER']]);
    world.received('1.2.1', 3);
    world.settle();
    expect(world.exams()).toEqual([['A1', 'received', 'due', null, 'ACCESSION_NUMBER']]);
    world.book.handedOver('1.2.1', 3, 'registered', 0, text('09:10'));
    world.settle();
    expect(world.exams()).toEqual([['A1', 'uploaded', 'due', null, 'ACCESSION_NUMBER']]);
    world.registry.set('1.2.1', { registered: 9, quarantined: 0 });
    await world.compare.round(at('09:11'));
    world.settle();
    expect(world.exams()).toEqual([['A1', 'uploaded', 'due', 'NOT_REGISTERED', 'ACCESSION_NUMBER']]);
    world.registry.set('1.2.1', { registered: 10, quarantined: 0 });
    expect(await world.compare.round(at('09:11'))).toBe(0);
    expect(await world.compare.round(at('09:12'))).toBe(1);
    world.settle();
    expect(world.exams()).toEqual([['A1', 'registered', 'met', null, 'ACCESSION_NUMBER']]);
    expect(await world.compare.round(at('23:00'))).toBe(0);
    world.book.judged('1.2.1', complete, 11, 1, text('10:00'));
    world.settle();
    expect(world.exams()).toEqual([['A1', 'received', 'due', null, 'ACCESSION_NUMBER']]);
  });

  it('are a gap while a pack is refused, and none when it was brought again', async () => {
    world.order('A1');
    world.study('1.2.1', { accessionNumber: 'A1' });
    world.received('1.2.1', 10);
    world.book.handedOver('1.2.1', 9, 'registered', 1, text('09:10'));
    world.book.handedOver('1.2.1', 1, 'refused', 0, text('09:11'));
    world.registry.set('1.2.1', { registered: 9, quarantined: 0 });
    await world.compare.round(at('09:12'));
    world.settle();
    expect(world.exams()).toEqual([['A1', 'received', 'due', 'PACK_REFUSED', 'ACCESSION_NUMBER']]);
    world.registry.set('1.2.1', { registered: 10, quarantined: 0 });
    await world.compare.round(at('09:13'));
    world.settle();
    expect(world.exams()).toEqual([['A1', 'registered', 'met', null, 'ACCESSION_NUMBER']]);
  });

  it('are a gap while the registry has as many instances as were sent and not the same, until it has', async () => {
    const instance = (name: number, bytes = 'a') => ({
      sopInstanceUid: `1.9.${name}`,
      dataSetSha256: bytes.repeat(64),
    });
    const digestOf = (instances: readonly NamedBytes[]) => changedSetDigest(EMPTY_SET_DIGEST, instances);
    const sent = [1, 2, 3].map((name) => instance(name));
    const has = (...instances: NamedBytes[]) => {
      world.registry.set('1.2.1', { registered: 3, quarantined: 0, digest: digestOf(instances) });
      world.contents.set('1.2.1', instances);
    };
    const compared = async (time: string) => {
      await world.compare.round(at(time));
      world.settle();
      return world.exams()[0]?.slice(1, 4);
    };
    world.order('A1');
    world.study('1.2.1', { accessionNumber: 'A1' });
    world.sent.set('1.2.1', [...sent, instance(3, 'b')]);
    world.book.judged('1.2.1', complete, 3, 0, text('09:05'));
    world.book.handedOver('1.2.1', 3, 'registered', 0, text('09:10'), { count: 3, digest: digestOf(sent) });
    has(instance(1), instance(2, 'c'), instance(3));
    expect(await compared('09:11')).toEqual(['uploaded', 'due', 'INSTANCES_DIFFER']);
    expect(world.list.execute({ limit: 1 }).exams[0]?.studies).toMatchObject([{ registered: 3, differing: 1 }]);
    // Two at a time make two questions; what was held is not asked for again.
    expect(world.held).toBe(2);
    expect(await compared('09:15')).toEqual(['uploaded', 'due', 'INSTANCES_DIFFER']);
    expect(world.held).toBe(2);
    has(...sent);
    expect(await compared('09:20')).toEqual(['registered', 'met', null]);
    expect(world.held).toBe(2);
    // A steward took the other version that was sent.
    has(instance(1), instance(2), instance(3, 'b'));
    await world.reconcile.execute(['2026-11-24']);
    expect(world.exams()[0]?.slice(1, 4)).toEqual(['registered', 'met', null]);
    expect(world.held).toBe(4);
    // At night another instance stands in place of one.
    has(instance(1), instance(2), instance(4));
    const [report] = await world.reconcile.execute(['2026-11-24']);
    expect(report?.gaps).toEqual([{ code: 'INSTANCES_DIFFER', count: 1, studies: ['1.2.1'] }]);
    expect(world.list.execute({ limit: 1 }).exams[0]?.studies).toMatchObject([{ differing: 2 }]);
  });

  it('find images that came before the order, and lose those that another order claims', () => {
    world.study('1.2.1', { accessionNumber: 'A1' });
    world.settle();
    world.order('A1', { modality: 'MR' });
    world.settle();
    expect(world.exams()).toEqual([['A1', 'performed', 'due', null, 'ACCESSION_NUMBER']]);
    world.order('A1', { placer_order_number: 'P2' });
    world.book.handedOver('1.2.1', 0, 'registered', 1, text('09:10'));
    world.settle();
    expect(world.exams()).toEqual([
      ['A1', 'performed', 'due', null, 'ACCESSION_NUMBER'],
      ['A1', 'ordered', null, null, ''],
    ]);
  });

  it('are performed when their step has ended, and not when it was given up without an image', () => {
    const step = (stepUid: string, accessionNumber: string, status: PerformedStep['status']): PerformedStep => ({
      stepUid,
      status,
      aeTitle: 'CT01',
      modality: 'CT',
      patientId: 'ZY1',
      patientIssuer: '',
      orders: [
        {
          studyInstanceUid: '1.2.9',
          accessionNumber,
          requestedProcedureId: '',
          placerOrderNumber: '',
          fillerOrderNumber: '',
        },
      ],
      instances: [],
      startedAt: text('08:30'),
      endedAt: text('08:45'),
    });
    world.order('A1');
    world.order('A2');
    world.order('A3');
    world.steps.put(step('1', 'A1', 'COMPLETED'), '', text('08:45'));
    world.steps.put(step('2', 'A2', 'DISCONTINUED'), '', text('08:45'));
    world.steps.put(step('3', 'A3', 'IN PROGRESS'), '', text('08:45'));
    world.settle();
    expect(world.exams()).toEqual([
      ['A3', 'ordered', null, null, ''],
      ['A2', 'ordered', null, null, ''],
      ['A1', 'performed', 'due', null, ''],
    ]);
    world.settle(at('09:46'));
    expect(world.list.execute({ limit: 50, gap: 'PERFORMED_WITHOUT_IMAGES' }).exams).toMatchObject([
      { accessionNumber: 'A1', standing: 'overdue', deadlineAt: text('09:45') },
    ]);
    world.steps.put(step('3', 'A3', 'COMPLETED'), '', text('08:50'));
    world.settle();
    expect(world.exams()[0]).toEqual(['A3', 'performed', 'due', null, '']);
  });

  it('are listed in pages, by state, standing, gap and day, from an index', () => {
    for (const number of [1, 2, 3, 4, 5])
      world.order(`A${number}`, number === 2 ? { cancelled_at: text('08:10') } : {});
    world.settle();
    const first = world.list.execute({ limit: 2, state: 'ordered' });
    expect(first.exams.map(({ accessionNumber }) => accessionNumber)).toEqual(['A5', 'A4']);
    const second = world.list.execute({ limit: 2, state: 'ordered', cursor: first.nextCursor ?? 0 });
    expect([second.exams.map(({ accessionNumber }) => accessionNumber), second.nextCursor]).toEqual([
      ['A3', 'A1'],
      null,
    ]);
    expect(world.list.execute({ limit: 5, state: 'cancelled' }).exams).toHaveLength(1);
    expect(world.list.execute({ limit: 5, day: '2026-11-23' }).exams).toEqual([]);
    const filters = [
      { withGap: 'true' },
      { state: 'ordered' },
      { gap: 'LATE' },
      { standing: 'overdue' },
      { day: '2026-11-24' },
    ] as const;
    for (const filter of filters) {
      expect(world.list.plan({ limit: 5, ...filter }).join()).toMatch(/^(SEARCH|SCAN) p USING INDEX exam_progress_/);
      expect(world.list.plan({ limit: 5, ...filter }).join()).not.toMatch(/TEMP B-TREE/);
    }
  });

  it('make the report of their day, told once while nothing changes, and verified when the registry answers', async () => {
    world.order('A1');
    world.order('A2', { cancelled_at: text('08:10') });
    world.order('A3', { performed_at: text('08:20') });
    world.study('1.2.1', { accessionNumber: 'A1' });
    world.study('1.2.2', { accessionNumber: 'A9', patientId: 'ZY9' });
    world.received('1.2.1', 0, {
      ...complete,
      confidence: 'doubtful',
      expected: 11,
      missing: 1,
      missingInstances: ['1.7'],
    });
    world.received('1.2.2', 0);
    for (const study of ['1.2.1', '1.2.2']) world.book.handedOver(study, 10, 'registered', 0, text('09:10'));
    world.isAway = true;
    expect(await world.reconcile.execute(['2026-11-24'])).toMatchObject([{ isVerified: false }]);
    world.isAway = false;
    world.registry.set('1.2.1', { registered: 10, quarantined: 0 });
    world.registry.set('1.2.2', { registered: 10, quarantined: 2 });
    const [report] = await world.reconcile.execute(['2026-11-24']);
    expect(report).toEqual({
      hospital: 'H001',
      day: '2026-11-24',
      reportedAt: expect.any(String),
      isVerified: true,
      exams: { ordered: 0, performed: 1, received: 0, uploaded: 0, registered: 1, cancelled: 1 },
      deadlines: { met: 1, late: 0, due: 0, overdue: 1 },
      studies: 2,
      gaps: [
        { code: 'PERFORMED_WITHOUT_IMAGES', count: 1, studies: [] },
        { code: 'INSTANCES_MISSING', count: 1, studies: ['1.2.1'] },
        { code: 'QUARANTINED', count: 1, studies: ['1.2.2'] },
        { code: 'STUDY_WITHOUT_ORDER', count: 1, studies: ['1.2.2'] },
      ],
    });
    await world.reconcile.execute(['2026-11-24']);
    const told = world.events.oldest(10).map(({ envelope }) => JSON.parse(envelope).data);
    expect(told.map(({ isVerified }) => isVerified)).toEqual([false, true]);
    expect(JSON.stringify(told)).not.toMatch(/ZY\d|A1/);
  });

  it('have the studies that a person gives them, whatever is said later, until a person says otherwise', () => {
    const decide = (examId: number | null) => {
      const decisions = new JoinDecisionStore(world.ledger);
      world.ledger.transaction(() => decisions.decide('1.2.1', examId, 'qin', text('10:00')));
      world.settle();
    };
    const joined = () => world.exams().map(([, , , , rules]) => rules);
    world.order('A1', { placer_order_number: 'P1' });
    world.order('A1', { placer_order_number: 'P2' });
    world.study('1.2.1', { accessionNumber: 'A1' });
    world.settle();
    expect(joined()).toEqual(['', '']);
    decide(1);
    expect(joined()).toEqual(['', 'PERSON']);
    world.ledger.prepare("UPDATE exams SET cancelled_at = '2026-11-24T03:00:00.000Z' WHERE exam_id = 1").run();
    world.order('A3', { study_instance_uid: '1.2.1' });
    world.received('1.2.1', 0);
    world.settle();
    expect(joined()).toEqual(['', '', 'PERSON']);
    decide(null);
    world.received('1.2.1', 0);
    world.settle();
    expect(joined()).toEqual(['', '', '']);
    decide(2);
    expect(joined()).toEqual(['', 'PERSON', '']);
  });

  it('are performed by the steps of a study that a person has given them', () => {
    const asked = { requestedProcedureId: '', placerOrderNumber: '', fillerOrderNumber: '' };
    const step: PerformedStep = {
      stepUid: '1',
      status: 'COMPLETED',
      aeTitle: 'CT01',
      modality: 'CT',
      patientId: 'ZY1',
      patientIssuer: '',
      orders: [{ studyInstanceUid: '1.2.1', accessionNumber: 'A1', ...asked }],
      instances: [],
      startedAt: text('08:30'),
      endedAt: text('08:45'),
    };
    world.order('A1', { placer_order_number: 'P1' });
    world.order('A1', { placer_order_number: 'P2' });
    world.study('1.2.1', { accessionNumber: 'A1' });
    world.steps.put(step, '', text('08:45'));
    world.settle();
    expect(world.list.execute({ limit: 5 }).exams.map(({ performedAt }) => performedAt)).toEqual([null, null]);
    const decisions = new JoinDecisionStore(world.ledger);
    world.ledger.transaction(() => decisions.decide('1.2.1', 2, 'qin', text('10:00')));
    world.settle();
    expect(world.list.execute({ limit: 5 }).exams.map(({ performedAt }) => performedAt)).toEqual([text('08:45'), null]);
  });

  it('forget their studies after more than a year, and no earlier', () => {
    world.study('1.2.1', { accessionNumber: 'A1' });
    forgetCompleteness(world.ledger, new Date('2027-12-28T00:00:00Z'));
    expect(world.book.knows('1.2.1')).toBe(true);
    forgetCompleteness(world.ledger, new Date('2027-12-31T00:00:00Z'));
    expect(world.book.knows('1.2.1')).toBe(false);
  });
});

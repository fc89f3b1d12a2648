import { describe, expect, it } from '@jest/globals';
import { regionsOf, regionsOfFirst } from './body-regions.js';
import { choosePriors, type OrderedExam } from './choose-priors.js';

describe('the regions of the body', () => {
  it.each<[string, string[]]>([
    ['CHEST', ['CHEST']],
    ['胸部CT平扫', ['CHEST']],
    ['胸椎MR', ['THORACIC_SPINE']],
    ['颈椎DR正侧位', ['CERVICAL_SPINE']],
    ['颈部增强', ['NECK']],
    ['HEADNECK', ['HEAD', 'NECK']],
    ['CTSPINE', ['CERVICAL_SPINE', 'THORACIC_SPINE']],
    ['TSPINE', ['THORACIC_SPINE']],
    ['TLSPINE', ['THORACIC_SPINE', 'LUMBAR_SPINE']],
    ['CHABDPEL', ['CHEST', 'ABDOMEN', 'PELVIS']],
    ['ABDOMENPELVIS', ['ABDOMEN', 'PELVIS']],
    ['GALLBLADDER', ['ABDOMEN']],
    ['SPINE', ['CERVICAL_SPINE', 'THORACIC_SPINE', 'LUMBAR_SPINE']],
    ['头颅MRI', ['HEAD']],
    ['brain', ['HEAD']],
    ['术前手术评估', []],
    ['', []],
  ])('of %j are %j', (text, regions) => {
    expect(regionsOf(text)).toEqual(regions);
  });

  it('are those of the code, and of the name where the code says nothing', () => {
    expect([regionsOfFirst(['KNEE', '胸部']), regionsOfFirst(['X1', '胸部']), regionsOfFirst(['', 'CT'])]).toEqual([
      ['LOWER_LIMB'],
      ['CHEST'],
      [],
    ]);
  });
});

describe('priors', () => {
  const prior = (name: string, modality: string, bodyPart: string, description = '') => ({
    name,
    modalities: [modality],
    body_parts: bodyPart === '' ? [] : [bodyPart],
    description,
  });
  /** The newest first. */
  const PRIORS = [
    prior('knee', 'MR', 'KNEE'),
    prior('unknown', 'CT', ''),
    prior('head', 'CT', 'HEAD'),
    prior('chest X-ray', 'DX', 'CHEST'),
    prior('chest', 'CT', 'CHEST'),
    prior('lungs by name', 'CT', '', '肺部CT'),
  ];
  const ranked = (...exams: OrderedExam[]) => chosen(PRIORS.length, ...exams);
  const chosen = (limit: number, ...exams: OrderedExam[]) =>
    choosePriors(PRIORS, exams, limit).map(({ study, relevance }) => `${relevance} ${study.name}`);
  const CHEST_CT = { modality: 'CT', regions: ['CHEST'] };
  const KNEE_MR = { modality: 'MR', regions: ['LOWER_LIMB'] };

  it('of the same region and modality go first, then of the region, then of the modality, each the newest first', () => {
    expect(ranked({ modality: 'CT', regions: ['CHEST'] })).toEqual([
      '0 chest',
      '0 lungs by name',
      '1 chest X-ray',
      '2 unknown',
      '2 head',
      '3 knee',
    ]);
  });

  it('are as near as to the nearest of several exams', () => {
    expect(ranked({ modality: 'MR', regions: ['LOWER_LIMB'] }, { modality: 'DR', regions: ['CHEST'] })).toEqual([
      '0 knee',
      '0 chest X-ray',
      '1 chest',
      '1 lungs by name',
      '3 unknown',
      '3 head',
    ]);
  });

  it('stay the newest first when nothing was ordered, or nothing is known of it', () => {
    const newest = PRIORS.map(({ name }) => `3 ${name}`);
    expect([ranked(), ranked({ modality: '', regions: [] })]).toEqual([newest, newest]);
  });
  it('that are like the order go before newer ones when there are too many', () => {
    expect([chosen(1, CHEST_CT), chosen(2, CHEST_CT), chosen(2)]).toEqual([
      ['0 chest'],
      ['0 chest', '0 lungs by name'],
      ['3 knee', '3 unknown'],
    ]);
  });

  it('are shared out among the exams, the latest first', () => {
    expect([chosen(1, KNEE_MR, CHEST_CT), chosen(2, CHEST_CT, KNEE_MR), chosen(3, KNEE_MR, CHEST_CT)]).toEqual([
      ['0 knee'],
      ['0 knee', '0 chest'],
      ['0 knee', '0 chest', '0 lungs by name'],
    ]);
  });
});

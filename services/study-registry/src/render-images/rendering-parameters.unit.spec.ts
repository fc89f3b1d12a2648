import { describe, expect, it } from '@jest/globals';
import { type RenderingQuery, renderingParameters, thumbnailViewport } from './rendering-parameters.js';

const read = (query: RenderingQuery) => {
  const result = renderingParameters(query);
  return result.ok ? result.value : result.problem.code;
};

describe('parameters of rendered resources (PS3.18 section 8.3.5.1)', () => {
  it('are none when nothing is said, and what is not known is left alone', () => {
    const none = { window: undefined, viewport: undefined, quality: undefined, annotation: [] };
    expect(read({})).toEqual(none);
    expect(read({ iccprofile: 'no', accept: 'image/png', colour: 'blue' })).toEqual(none);
  });

  it.each([
    ['40,400,linear', { center: 40, width: 400, voiFunction: 'LINEAR' }],
    ['-0.5,.25,linear-exact', { center: -0.5, width: 0.25, voiFunction: 'LINEAR_EXACT' }],
    ['1e3,2E+2,sigmoid', { center: 1000, width: 200, voiFunction: 'SIGMOID' }],
  ])('read the window %s', (window, expected) => {
    expect(read({ window })).toEqual({ window: expected, viewport: undefined, quality: undefined, annotation: [] });
  });

  it.each([
    ...['', '40', '40,400', '40,400,LINEAR', '40,400,cubic', '40,400,linear,1', 'x,400,linear', '40,0,sigmoid'],
    ...['40,-1,linear-exact', '40,0.5,linear', '40,,linear', '0x10,5,linear', 'Infinity,5,linear', '1e999,5,linear'],
    ['40,400,linear', '40,400,linear'],
  ])('refuse the window %j', (window) => expect(read({ window })).toBe('WINDOW_INVALID'));

  it.each([
    ['512,256', { left: 0, top: 0, regionWidth: null, regionHeight: null }],
    ['512,256,10,20,-30.5,40', { left: 10, top: 20, regionWidth: -30.5, regionHeight: 40 }],
    ['512,256,,,,-40', { left: 0, top: 0, regionWidth: null, regionHeight: -40 }],
  ])('read the viewport %s', (viewport, region) => {
    expect(read({ viewport })).toMatchObject({ viewport: { width: 512, height: 256, enlarges: true, ...region } });
  });

  it.each([
    ...['', '512', '512,', '0,512', '-1,5', '512,9000', '1.5,5', '512,512,1', '512,512,1,1,1', '512,512,1,1,1,1,1'],
    ...['512,512,a,0,1,1', '512,512,0,0,0,1', '512,512,0,0,1,0', '512,512,0,0,1,1;', ' 512,512'],
    ['1,1', '2,2'],
  ])('refuse the viewport %j', (viewport) => expect(read({ viewport })).toBe('VIEWPORT_INVALID'));

  it('read a quality from 1 to 100', () => {
    expect(['1', '75', '100'].map((quality) => read({ quality }))).toMatchObject(
      [1, 75, 100].map((quality) => ({ quality })),
    );
    for (const quality of ['0', '101', '7.5', '-1', '', 'high', ['1', '2']]) {
      expect(read({ quality })).toBe('QUALITY_INVALID');
    }
  });

  it('name what is to be written on a picture', () => {
    expect(read({ annotation: 'technique' })).toMatchObject({ annotation: ['technique'] });
    expect(read({ annotation: 'technique,patient' })).toMatchObject({ annotation: ['patient', 'technique'] });
    for (const annotation of ['', 'all', 'patient,all', 'patient,patient', 'Patient', ['patient', 'technique']]) {
      expect(read({ annotation })).toBe('ANNOTATION_INVALID');
    }
  });

  it('refuse colour profiles and presentation states, which would look otherwise', () => {
    expect(read({ iccprofile: 'srgb' })).toBe('ICC_PROFILE_UNSUPPORTED');
    expect(read({ presentationUID: '1.2.3' })).toBe('PRESENTATION_STATE_UNSUPPORTED');
    expect(read({ presentationSeriesUID: '1.2.3' })).toBe('PRESENTATION_STATE_UNSUPPORTED');
  });

  it('of a thumbnail say its size at most', () => {
    expect(thumbnailViewport('100,50')).toMatchObject({ ok: true, value: { width: 100, height: 50, enlarges: false } });
    expect(thumbnailViewport(undefined)).toEqual({ ok: true, value: undefined });
    for (const viewport of ['1025,10', '10,1025', '10,10,0,0,5,5', '10', ['1,1']]) {
      expect(thumbnailViewport(viewport)).toMatchObject({ ok: false, problem: { code: 'VIEWPORT_INVALID' } });
    }
  });
});

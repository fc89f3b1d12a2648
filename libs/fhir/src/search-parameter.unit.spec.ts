import { describe, expect, it } from '@jest/globals';
import { handlingOf } from './handling.js';
import { takesFhirJson } from './media-type.js';
import { readSearchParameters, readText, readToken } from './search-parameter.js';

describe('search parameters', () => {
  it('are read with their modifiers, repeated ones apart, empty ones left out', () => {
    expect(
      readSearchParameters({ 'family:exact': 'Wang,Wong', given: ['a', 'b'], name: '', odd: { $ne: '' } }),
    ).toEqual([
      { name: 'family', modifier: 'exact', values: ['Wang', 'Wong'] },
      { name: 'given', modifier: null, values: ['a'] },
      { name: 'given', modifier: null, values: ['b'] },
    ]);
  });

  it('keep commas and bars that are escaped', () => {
    const [parameter] = readSearchParameters({ name: 'a\\,b,c\\\\,d' });
    expect(parameter?.values.map(readText)).toEqual(['a,b', 'c\\', 'd']);
    expect(readToken('urn:x|a\\|b')).toEqual({ system: 'urn:x', code: 'a|b' });
    expect(readText('end\\')).toBe('end\\');
  });

  it.each([
    ['urn:x|1', 'urn:x', '1'],
    ['urn:x|', 'urn:x', null],
    ['|1', '', '1'],
    ['1', null, '1'],
    ['urn:x|1|2', 'urn:x', '1|2'],
  ])('have tokens like %s', (text, system, code) => expect(readToken(text)).toEqual({ system, code }));

  it.each([
    [undefined, 'strict'],
    ['handling=strict', 'strict'],
    ['handling=lenient', 'lenient'],
    ['return=minimal; handling = "lenient"', 'lenient'],
    [['return=minimal', 'handling=lenient'], 'lenient'],
    ['mishandling=lenient', 'strict'],
  ])('are handled as %s says', (prefer, handling) => expect(handlingOf(prefer, 'strict')).toBe(handling));

  it('are handled as is usual there when nothing is told', () => {
    expect(handlingOf(undefined, 'lenient')).toBe('lenient');
    expect(handlingOf('handling=strict', 'lenient')).toBe('strict');
  });
});

describe('FHIR JSON', () => {
  it.each([
    [undefined, undefined, true],
    ['application/fhir+json; fhirVersion=4.0', undefined, true],
    ['application/fhir+json; fhirVersion=5.0', undefined, false],
    ['text/html, */*;q=0.1', undefined, true],
    ['application/fhir+xml', undefined, false],
    ['application/fhir+json;q=0', undefined, false],
    ['application/fhir+xml', 'json', true],
    ['application/fhir+json', 'xml', false],
    [undefined, 'application/fhir json', true],
  ])('is taken by Accept %s with _format %s: %s', (accept, format, taken) =>
    expect(takesFhirJson(accept, format)).toBe(taken),
  );
});

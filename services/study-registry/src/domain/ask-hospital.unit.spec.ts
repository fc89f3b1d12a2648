import { expect, it } from '@jest/globals';
import { askHospital } from './ask-hospital.js';

const now = new Date('2026-12-01T12:00:00Z');
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

it.each([
  ['ask', 'that was never asked', undefined],
  ['wait', 'whose gateway has not answered', { state: 'open', requestedAt: ago(3), answeredAt: null }],
  ['wait', 'that has fetched the study just now', { state: 'fetched', requestedAt: ago(3), answeredAt: ago(0.5) }],
  ['in vain', 'that fetched it, and nothing equal came', { state: 'fetched', requestedAt: ago(5), answeredAt: ago(2) }],
  ['in vain', 'that has no such study', { state: 'not-found', requestedAt: ago(5), answeredAt: ago(4) }],
  ['in vain', 'whose gateway is away', { state: 'expired', requestedAt: ago(30), answeredAt: null }],
  ['ask', 'that was asked eight days ago', { state: 'not-found', requestedAt: ago(8 * 24), answeredAt: ago(8 * 24) }],
] as const)('%s of a hospital %s', (expected, _, last) => {
  expect(askHospital(last, now)).toBe(expected);
});

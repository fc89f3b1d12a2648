import { describe, expect, it } from '@jest/globals';
import { relyingPartyAt } from './relying-party.js';

describe('for whom passkeys are made', () => {
  it.each([
    ['https://imaging.example', { id: 'imaging.example', origin: 'https://imaging.example' }],
    ['https://imaging.example:8443/portal', { id: 'imaging.example', origin: 'https://imaging.example:8443' }],
    ['http://localhost:8080', { id: 'localhost', origin: 'http://localhost:8080' }],
    ['http://province.localhost', { id: 'province.localhost', origin: 'http://province.localhost' }],
    ['http://imaging.example', undefined],
    ['http://127.0.0.1:8080', undefined],
    ['https://10.1.2.3', undefined],
    ['https://[2001:db8::1]', undefined],
  ])('at %s is %j', (address, expected) => {
    expect(relyingPartyAt(address)).toEqual(expected);
  });
});

import { describe, expect, it } from '@jest/globals';
import { needsTls } from './needs-tls.js';

describe('whether the page is to be asked over TLS', () => {
  it.each([
    ['10.1.2.3', 'http', true],
    ['::ffff:10.1.2.3', 'http', true],
    ['fd00::7', 'http', true],
    ['10.1.2.3', 'https', false],
    ['127.0.0.1', 'http', false],
    ['127.8.9.10', 'http', false],
    ['::ffff:127.0.0.1', 'http', false],
    ['::1', 'http', false],
  ] as const)('from %s by %s: %s', (ip, protocol, answer) => {
    expect(needsTls({ PAGE_TLS_PORT: 8443 }, { ip, protocol })).toBe(answer);
    expect(needsTls({ PAGE_TLS_PORT: undefined }, { ip, protocol })).toBe(false);
  });
});

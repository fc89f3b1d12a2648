import { describe, expect, it } from '@jest/globals';
import { patientIndexConfig } from '../patient-index.config.js';
import { pixProviders } from './pix.providers.js';

const configOf = (settings: Record<string, string>) =>
  patientIndexConfig.load({
    PORT: '0',
    OIDC_ISSUER: 'http://localhost/oidc',
    OIDC_JWKS_URL: 'http://localhost/oidc/jwks',
    DATABASE_URL: 'postgres://localhost/x',
    EVENT_LOG_URL: 'postgres://localhost/y',
    ...settings,
  });

describe('HL7 v2 of the patient index', () => {
  it('is not spoken unless a port is configured', () => {
    expect(pixProviders(configOf({ PIX_FILE: 'pix.json' }))).toEqual([]);
  });

  it.each(['PIX_PORT', 'PIX_TLS_PORT'])('needs its file for %s', (port) => {
    expect(() => pixProviders(configOf({ [port]: '2575' }))).toThrow('PIX_PORT and PIX_TLS_PORT need PIX_FILE');
  });

  it('needs key, certificate and authorities for PIX_TLS_PORT', () => {
    expect(() => pixProviders(configOf({ PIX_TLS_PORT: '2575', PIX_FILE: 'pix.json' }))).toThrow(
      'PIX_TLS_PORT needs PIX_TLS_KEY_FILE, PIX_TLS_CERTIFICATE_FILE and PIX_TLS_CA_FILE',
    );
  });
});

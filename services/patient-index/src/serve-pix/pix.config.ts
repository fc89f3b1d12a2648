import { z } from 'zod';

const port = (meaning: string) => z.coerce.number().int().min(0).max(65535).optional().describe(meaning);
const path = (meaning: string) => z.string().min(1).optional().describe(meaning);
const count = (preset: number, meaning: string) => z.coerce.number().int().min(1).default(preset).describe(meaning);

export const pixShape = {
  PIX_PORT: port('Port of PIX and PDQ (HL7 v2 over MLLP) without TLS, for a closed network; without it there is none'),
  PIX_TLS_PORT: port('Port of the same with TLS, where partners need a certificate; without it there is none'),
  PIX_TLS_KEY_FILE: path('Private key for PIX_TLS_PORT, PEM'),
  PIX_TLS_CERTIFICATE_FILE: path('Its certificate, with the chain, PEM'),
  PIX_TLS_CA_FILE: path('Authorities that certify the partners, PEM'),
  PIX_FILE: path('JSON file with who speaks PIX and PDQ, and what numbers are called there; either port needs it'),
  PIX_MAX_MESSAGE_BYTES: count(1024 ** 2, 'Longest message of PIX and PDQ that is taken, in bytes'),
  PIX_MAX_CONNECTIONS: count(256, 'Connections of PIX and PDQ at the same time, per port'),
  PIX_IDLE_MS: count(3_600_000, 'Silence after which such a connection is closed, in milliseconds'),
  PIX_FRAME_MS: count(60_000, 'How long such a message may take from its first byte to its last, in milliseconds'),
};

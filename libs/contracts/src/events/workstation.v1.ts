import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { AeTitle, HospitalCode, Instant, Sha256 } from '../identifiers.js';

const ofWorkstation = { aeTitle: AeTitle, hospital: HospitalCode, version: z.int().positive() };

export const WorkstationChangedV1 = defineEvent({
  type: 'workstation.changed.v1',
  topic: 'directory',
  key: (data) => data.aeTitle,
  emitted: 'Emitted when an administrator adds a workstation that queries and retrieves by DIMSE, or changes one.',
  data: z.object({
    ...ofWorkstation,
    name: z.string().max(64).nullable(),
    certificates: z.array(Sha256).describe('SHA-256 of each certificate that it may show'),
    plain: z.boolean().describe('Whether it may come without TLS, where nothing proves who it is'),
    host: z.string().max(253).nullable().describe('Where it listens for what C-MOVE sends; null when it does not'),
    port: z.int().min(1).max(65_535).nullable(),
    tls: z.boolean().describe('Whether it listens with TLS'),
    maximumAssociations: z.int().positive().describe('How many it may have open'),
    changedAt: Instant,
  }),
});

export const WorkstationRemovedV1 = defineEvent({
  type: 'workstation.removed.v1',
  topic: 'directory',
  key: (data) => data.aeTitle,
  emitted: 'Emitted when an administrator removes a workstation. Its AE title is refused from then on.',
  data: z.object({ ...ofWorkstation, removedAt: Instant }),
});

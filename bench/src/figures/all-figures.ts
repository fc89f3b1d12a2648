import type { Figure } from '../figure.js';
import { askForMatches } from '../peers/ask-for-matches.js';
import { lonePatientIndex } from '../peers/lone-patient-index.js';
import { auditFigures } from './audit.js';
import { cstoreFigures } from './cstore.js';
import { decisionFigure } from './decision.js';
import { cstoreResponseFigure, gatewayMemoryFigure } from './gateway.js';
import { ingestFigure } from './ingest.js';
import { machineFigures } from './machine.js';
import { matchingProvinceFigures } from './matching.js';
import { matchingPublicFigure } from './matching-public.js';
import { memoryAfterIngestFigure, memoryAtStartFigure } from './memory.js';
import { mllpFigures } from './mllp.js';
import { personFigures } from './persons.js';
import { qidoFigure } from './qido.js';
import { registryMemoryFigure, storageOverheadFigure } from './registry.js';
import { spooledFigure } from './spooled.js';
import { stowFigure } from './stow.js';
import { stowAtRegistryFigures } from './stow-at-registry.js';
import { studyFigures } from './studies.js';
import { wadoFigures } from './wado.js';

/** In the order in which they run: memory first, while nothing has happened yet. */
export const allFigures: readonly Figure[] = [
  ...machineFigures,
  memoryAtStartFigure,
  ...cstoreFigures,
  cstoreResponseFigure,
  gatewayMemoryFigure,
  spooledFigure,
  ...mllpFigures,
  stowFigure,
  ...stowAtRegistryFigures,
  ...wadoFigures,
  registryMemoryFigure,
  storageOverheadFigure,
  qidoFigure,
  ingestFigure,
  memoryAfterIngestFigure,
  ...matchingProvinceFigures(lonePatientIndex),
  matchingPublicFigure(askForMatches),
  ...personFigures(Number(process.env.YINGLIAN_BENCH_PERSONS ?? 100_000)),
  ...studyFigures(Number(process.env.YINGLIAN_BENCH_STUDIES ?? 1_000_000)),
  decisionFigure(Number(process.env.YINGLIAN_BENCH_CONSENTS ?? 1_000_000)),
  ...auditFigures(Number(process.env.YINGLIAN_BENCH_RECORDS ?? 1_000_000)),
];

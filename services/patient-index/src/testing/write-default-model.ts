import { writeFileSync } from 'node:fs';
import { learnedFromSample } from './learned-from-sample.js';

// node --import ./libs/testing/src/typescript-hooks.mjs services/patient-index/src/testing/write-default-model.ts
const file = new URL('../domain/evidence/default-model.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(learnedFromSample(), null, 2)}\n`);

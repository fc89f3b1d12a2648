export { TilesInMemory } from './tiles-in-memory.js';

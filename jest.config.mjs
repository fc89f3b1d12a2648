const base = {
  rootDir: import.meta.dirname,
  roots: [
    '<rootDir>/libs',
    '<rootDir>/services',
    '<rootDir>/deploy',
    '<rootDir>/house',
    '<rootDir>/e2e',
    '<rootDir>/bench',
    '<rootDir>/chaos',
  ],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', { swcrc: true, configFile: './.swcrc' }] },
  moduleNameMapper: {
    '^@yinglian/([^/]+)$': ['<rootDir>/libs/$1/src', '<rootDir>/deploy/$1/src'],
    '^@yinglian/([^/]+)/testing$': '<rootDir>/libs/$1/src/testing',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/'],
};

/** What a spec needs is in its suffix: nothing, real servers, the whole system. */
export default {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['**/*.unit.spec.ts'] },
    { ...base, displayName: 'int', testMatch: ['**/*.int.spec.ts'] },
    { ...base, displayName: 'e2e', testMatch: ['**/*.e2e.spec.ts'] },
  ],
  testTimeout: 60_000,
  // Specs wait for the processes they start more than they compute: a core less, Jest's preset, would leave most of the time unused.
  maxWorkers: '100%',
  // What a spec has imported stays in its worker for good; after some hundred files it would not fit into Node's heap.
  workerIdleMemoryLimit: '1500MB',
};

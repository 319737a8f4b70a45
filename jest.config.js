/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test', '<rootDir>/examples'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', require('./scripts/swc-options').swcOptions()] },
  moduleNameMapper: {
    '^quayside$': '<rootDir>/lib/index.ts',
    '^quayside/testing/jest$': '<rootDir>/lib/testing/jest.ts',
    '^quayside/testing/jest-globals$': '<rootDir>/lib/testing/jest-globals.ts',
    '^quayside/testing$': '<rootDir>/lib/testing/index.ts',
  },
  setupFiles: ['<rootDir>/test/setup.ts'],
  maxWorkers: 2,
  // A worker keeps what its tests have loaded: beyond this a new one takes over.
  workerIdleMemoryLimit: '200MB',
  // Plans share the machine with whatever else is run.
  testTimeout: 60_000,
};

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They need Java: `npm run test:kafka` and `npm run test:dynamodb`.
    exclude: ['test/kafka/**', 'test/dynamodb-local/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: '.lanewise/test-results/unit.json' }]]
      : ['default'],
  },
});

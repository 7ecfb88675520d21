import { defineConfig } from 'vitest/config';
import { patience } from './test/support/patience.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They need Java: `npm run test:kafka` and `npm run test:dynamodb`.
    exclude: ['test/kafka/**', 'test/dynamodb-local/**'],
    // Many tests wait for processes that they start, so two at a time pay off on two cores as well.
    maxWorkers: 2,
    ...patience,
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: '.lanewise/test-results/unit.json' }]]
      : ['default'],
  },
});

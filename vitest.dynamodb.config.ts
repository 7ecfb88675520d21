import { defineConfig } from 'vitest/config';
import { patience } from './test/support/patience.ts';

export default defineConfig({
  test: {
    include: ['test/dynamodb-local/**/*.test.ts'],
    fileParallelism: false,
    ...patience,
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: '.lanewise/test-results/dynamodb.json' }]]
      : ['default'],
  },
});

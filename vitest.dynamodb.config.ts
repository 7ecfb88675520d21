import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/dynamodb-local/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: '.lanewise/test-results/dynamodb.json' }]]
      : ['default'],
  },
});

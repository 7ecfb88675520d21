import { defineConfig } from 'vitest/config';
import { patience } from './test/support/patience.ts';

export default defineConfig({
  test: {
    include: ['test/kafka/**/*.test.ts'],
    fileParallelism: false,
    ...patience,
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: '.lanewise/test-results/kafka.json' }]]
      : ['default'],
  },
});

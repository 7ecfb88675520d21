import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Needs Java and a real Apache Kafka: `npm run test:kafka`.
    exclude: ['test/kafka/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

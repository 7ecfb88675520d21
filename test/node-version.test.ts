import { expect, test } from 'vitest';

test('runs on Node 24, the Lambda runtime that the functions are deployed to', () => {
  expect(Number(process.versions.node.split('.')[0])).toBe(24);
});

import { expect, test } from 'vitest';
import { docSnippets, runSnippets } from '../support/doc-snippets.ts';

test('every snippet of docs/checkpoint.md compiles and runs', async () => {
  const snippets = await docSnippets('docs/checkpoint.md');
  expect(snippets.length).toBe(4);
  await runSnippets(snippets);
});

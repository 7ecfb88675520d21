import { expect, test } from 'vitest';
import { docSnippets, runSnippets } from '../support/doc-snippets.ts';

test('every snippet of docs/codecs.md compiles and runs', async () => {
  const snippets = await docSnippets('docs/codecs.md');
  expect(snippets.length).toBeGreaterThan(8);
  await runSnippets(snippets);
});

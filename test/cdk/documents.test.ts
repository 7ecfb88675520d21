import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rulesDocument } from '../../cdk/constructs/rules/rules-document.ts';
import { contextKeys } from '../../cdk/settings-from-context.ts';

const read = (path: string) => readFileSync(path, 'utf8');

test('docs/mapping-rules.md is as node cdk/write-rules-document.ts writes it', () => {
  expect(read('docs/mapping-rules.md')).toBe(rulesDocument());
});

test('docs/deploy.md tells of every context key', () => {
  const text = read('docs/deploy.md');
  for (const [key, meaning] of Object.entries(contextKeys)) {
    expect(text).toContain(`\`${key}\``);
    expect(text).toContain(meaning);
  }
});

test('docs/cdk.md tells of every prop of a consumer', () => {
  const text = read('docs/cdk.md');
  const source = read('cdk/constructs/consumer/consumer-props.ts');
  const props = [...source.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name);
  expect(props.length).toBeGreaterThan(30);
  for (const name of props) expect(text).toContain(`\`${name}\``);
});

describe('links', () => {
  const files = ['docs/cdk.md', 'docs/deploy.md', 'docs/blue-green.md', 'docs/mapping-rules.md'].concat(
    readdirSync('docs/runbooks').map((name) => `docs/runbooks/${name}`),
  );

  test.each(files)('of %s lead to a file that is there', (file) => {
    const targets = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(
      ([, target = '']) => target,
    );
    for (const target of targets) expect(existsSync(join(dirname(file), target)), target).toBe(true);
  });
});

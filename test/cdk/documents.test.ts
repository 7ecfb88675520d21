import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rulesDocument } from '../../cdk/constructs/rules/rules-document.ts';
import { mappingMetrics, runtimeMetrics } from '../../cdk/index.ts';
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

  test.each(files)('of %s that name a heading lead to one that is there', (file) => {
    const targets = [...read(file).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)];
    for (const [, path, anchor] of targets) {
      const headings = read(join(dirname(file), path ?? ''))
        .split('\n')
        .filter((line) => line.startsWith('#'))
        .map((line) =>
          line
            .replace(/^#+ /, '')
            .toLowerCase()
            .replace(/[^a-z0-9 -]/g, '')
            .replaceAll(' ', '-'),
        );
      expect(headings).toContain(anchor);
    }
  });
});

describe('the runbooks', () => {
  const texts = readdirSync('docs/runbooks').map((name) => read(join('docs/runbooks', name)));

  /** What is written like a metric and is none. */
  const others = ['PermanentError', 'LastProcessingResult', 'MaximumPollers', 'ClusterArn'].concat([
    'RetryAttemptsExhausted',
    'RetriesExhausted',
    'FailureDestination',
    'KafkaConsumer',
    'DescribeGroup',
    'DescribeTopic',
    'ReadData',
  ]);
  /** Of functions and of MSK, as AWS documents them. */
  const foreign = [
    'ConcurrentExecutions',
    'Invocations',
    'BytesInPerSec',
    'BytesOutPerSec',
    'ConnectionCount',
  ].concat([
    'MessagesInPerSec',
    'ActiveControllerCount',
    'OfflinePartitionsCount',
    'KafkaDataLogsDiskUsed',
    'CpuUser',
    'CpuSystem',
  ]);

  test('name metrics that exist', () => {
    const known = [...Object.keys(mappingMetrics), ...Object.keys(runtimeMetrics), ...foreign, ...others];
    const words = texts.flatMap((text) =>
      [...text.replace(/```[\s\S]*?```/g, '').matchAll(/`([A-Z][a-z]+[A-Z]\w+)`/g)].map(
        ([, word = '']) => word,
      ),
    );
    expect(words.length).toBeGreaterThan(30);
    expect([...new Set(words)].filter((word) => !known.includes(word))).toEqual([]);
  });

  test('search the log for what the runtime writes there', () => {
    const source = read('lib/telemetry/powertools/logging.ts');
    const [, list = ''] = /filter message in \[([^\]]+)\]/.exec(read('docs/runbooks/commands.md')) ?? [];
    const lines = [...list.matchAll(/"([^"]+)"/g)].map(([, line = '']) => line);
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(source).toContain(`'${line}'`);
    for (const field of ['position', 'code', 'errorName']) expect(source).toContain(field);
  });
});

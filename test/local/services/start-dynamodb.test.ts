import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { LocalError } from '../../../local/local-error.ts';
import { dynoxideBinary, startDynamodb } from '../../../local/services/start-dynamodb.ts';

const answers = (endpoint: string) =>
  fetch(endpoint).then(
    (response) => response.ok,
    () => false,
  );

test('a platform without a binary is told its name and the way out', () => {
  const attempt = () => dynoxideBinary('sunos-sparc');
  expect(attempt).toThrow(LocalError);
  expect(attempt).toThrow(/sunos-sparc.*AWS_ENDPOINT_URL_DYNAMODB/);
});

test('the database is gone when stop resolves', async () => {
  const service = await startDynamodb();
  expect(await answers(service.endpoint)).toBe(true);
  await service.stop();
  expect(await answers(service.endpoint)).toBe(false);
});

test('several run side by side, each on a port of its own', async () => {
  const all = await Promise.all([startDynamodb(), startDynamodb(), startDynamodb()]);
  expect(new Set(all.map((service) => service.endpoint)).size).toBe(3);
  await Promise.all(all.map((service) => service.stop()));
});

test('the database dies with a process that is killed and can clean up nothing', async () => {
  const module = new URL('../../../local/services/start-dynamodb.ts', import.meta.url);
  const script = `const { startDynamodb } = await import(${JSON.stringify(module)}); console.log((await startDynamodb()).endpoint); setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [endpoint = '']: readonly string[] = await once(createInterface({ input: parent.stdout }), 'line');
  expect(await answers(endpoint)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => answers(endpoint)).toBe(false);
});

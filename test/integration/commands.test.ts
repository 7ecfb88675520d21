import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { readSystem } from '../../local/run/read-system.ts';
import { sampleOrders } from '../../local/shop/sample-orders.ts';
import { endWithUs, runCli, runStart, startCli } from '../support/run-cli.ts';
import { projectRoot } from '../support/source-files.ts';

beforeAll(async () => {
  // Synthesized once, so that no test waits for it.
  await readSystem(projectRoot, undefined);
});

/** Programs that a process has started and that still run: its services. */
function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => parentOf(other) === pid);
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    );
  } catch {
    return undefined;
  }
}

const alive = (pid: number) => parentOf(pid) !== undefined;

/** More orders than could be done before a busy machine has seen that the first ones are. */
const many = '50000';

describe('npm start', () => {
  test('ends by itself without a terminal, with the summary and a report that agree', async () => {
    const { code, stdout, report } = await runStart(['--count', '60', '--seed', '3', '--no-faults']);
    expect(code).toBe(0);
    expect(report).toMatchObject({ seed: 3, source: 'embedded', lost: 0, produced: 60 });
    expect(stdout).toContain('60 records in, 0 lost');
    expect(stdout).toContain(`effects: ${report.effects.invoices} invoices`);
    for (const { position } of report.parked) expect(stdout).toContain(position);
  });

  test('reads orders from standard input, one JSON a line', async () => {
    const orders = sampleOrders({ count: 30, seed: 5 }).flatMap(({ value }) => {
      const line = String(value);
      return line.startsWith('{"kind":"order.') && line.endsWith('}') ? [line] : [];
    });
    const { report } = await runStart(['--orders', '-', '--consumer', 'billing'], {
      stdin: orders.join('\n'),
    });
    expect(report.produced).toBe(orders.length);
    expect(Object.keys(report.consumers)).toEqual(['billing']);
    expect(report.lost).toBe(0);
  });

  test('asks its own services without the proxy of the machine', async () => {
    const proxy = 'http://127.0.0.1:9';
    const environment = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: '' };
    const { code, report } = await runStart(['--count', '4', '--no-faults'], { environment });
    expect({ code, mails: report.effects.mails }).toEqual({ code: 0, mails: 4 });
  });

  test.each([
    ['Ctrl-C', 'SIGINT'],
    ['the end that a supervisor asks for', 'SIGTERM'],
  ] as const)('finishes what is in flight at %s, and leaves no process behind', async (_, signal) => {
    const started = startCli(['start', '--count', many, '--no-faults']);
    await started.printed(/committed .*@[1-9]/);
    const children = childrenOf(started.process.pid ?? 0);
    expect(children.length).toBeGreaterThan(0);
    started.process.kill(signal);
    const { stdout } = await started.result();
    expect(stdout).toContain('stopping: finishing the batches in flight');
    expect(stdout).toContain('0 lost');
    expect(children.filter(alive)).toEqual([]);
  });

  test('finishes what is in flight when its terminal is closed', async () => {
    const started = startCli(['start', '--count', '5000', '--no-faults']);
    await started.printed(/committed .*@[1-9]/);
    const children = childrenOf(started.process.pid ?? 0);
    started.process.kill('SIGHUP');
    const { code, stdout } = await started.result();
    expect(code).toBe(0);
    expect(stdout).toContain('0 lost');
    expect(children.filter(alive)).toEqual([]);
  });

  test('ends in order when nobody reads its output any more, as after "| head"', async () => {
    const started = startCli(['start', '--count', '5000', '--no-faults']);
    await started.printed(/committed .*@[1-9]/);
    const children = childrenOf(started.process.pid ?? 0);
    started.process.stdout?.destroy();
    const { code, stderr } = await started.result();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(children.filter(alive)).toEqual([]);
  });

  test('says what orders of a file are too old for its mappings', async () => {
    const old = JSON.stringify({ payload: '{}', ts: 1_700_000_000_000 });
    const { stdout, report } = await runStart(['--orders', '-', '--consumer', 'billing'], { stdin: old });
    expect(stdout).toContain(
      'billing: gives up 1 of the orders untried, which are older by their "ts" than its MaximumRecordAgeInSeconds (21600)',
    );
    expect(report.discarded).toHaveLength(1);
  });

  test('ends at once at the second Ctrl-C, and leaves no process behind', async () => {
    const started = startCli(['start', '--count', many, '--no-faults']);
    await started.printed(/committed .*@[1-9]/);
    const children = childrenOf(started.process.pid ?? 0);
    started.process.kill('SIGINT');
    await started.printed('stopping');
    started.process.kill('SIGINT');
    expect((await started.result()).code).toBe(130);
    await expect.poll(() => children.filter(alive)).toEqual([]);
  });
});

describe('npm run produce', () => {
  // `script` gives the run a terminal, in which it stays for more.
  test.runIf(process.platform === 'linux')('adds orders to the run in the terminal beside it', async () => {
    const command =
      'stty rows 40 cols 80; "$NODE" local/main.ts start --count 20 --no-faults --consumer billing';
    const terminal = spawn('script', ['-qefc', command, '/dev/null'], {
      cwd: projectRoot,
      env: { ...process.env, NODE: process.execPath },
    });
    endWithUs(terminal);
    let screen = '';
    terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
    });
    const closed = once(terminal, 'close');
    await expect.poll(async () => (await runCli(['produce', '10'])).stdout).toBe('10 orders written\n');
    terminal.stdin.write('\u0003');
    await closed;
    expect(screen).toContain('30 records in, 0 lost');
    expect(screen).toContain("stays for more orders: 'npm run produce -- 10' in another terminal");
    // Nothing of the live view is broken by the end of the line.
    const live = screen.split(/\r?\n/).filter((line) => line.includes('committed  end  lag'));
    expect(live[0]?.trimEnd()).toMatch(/discarded$/);
  });
});

describe('npm run invoke', () => {
  test.each(['billing', 'inventory', 'notification'])(
    'invokes %s with its sample event and prints the answer',
    async (name) => {
      const { code, stdout } = await runCli(['invoke', name, `test/fixtures/events/${name}.json`]);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toHaveProperty('batchItemFailures');
    },
  );

  test('takes an event that begins with a byte order mark', async () => {
    const event = await readFile('test/fixtures/events/billing.json', 'utf8');
    const { code } = await runCli(['invoke', 'billing', '-'], { stdin: `\ufeff${event}` });
    expect(code).toBe(0);
  });

  test('ends with 1 when the function threw, and prints Lambda’s own shape of an error', async () => {
    const { code, stdout } = await runCli(['invoke', 'billing', '-'], { stdin: '{"Records": []}' });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      errorType: expect.any(String),
      errorMessage: expect.any(String),
    });
  });
});

import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readSystem } from '../../local/run/read-system.ts';
import { type FakeMsk, startFakeMsk } from '../support/fake-msk.ts';
import { runCli } from '../support/run-cli.ts';
import { projectRoot } from '../support/source-files.ts';

const cluster = 'arn:aws:kafka:eu-central-1:111122223333:cluster/shop/8a3b6f0e-1-2';

beforeAll(async () => {
  // Synthesized once, so that no test waits for it.
  await readSystem(projectRoot, undefined);
});

let msk: FakeMsk | undefined;
afterEach(() => msk?.stop());

/** Starts a run on the cluster that must be refused, and returns what it said. */
async function refusal(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { code, stderr } = await runCli(['start', '--cluster', cluster, ...args], { environment });
  expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
  return stderr.trim();
}

describe('npm start -- --cluster', () => {
  test('asks MSK for the brokers, and takes those that sign in with IAM', async () => {
    msk = await startFakeMsk(() => ({
      status: 200,
      body: {
        bootstrapBrokerStringTls: 'localhost:3',
        bootstrapBrokerStringSaslIam: 'localhost:2',
        bootstrapBrokerStringPublicSaslIam: 'localhost:1',
      },
    }));
    expect(await refusal(msk.environment)).toContain('cannot reach Kafka at localhost:1');
    expect(msk.asked).toEqual([cluster]);
  });

  test('takes the brokers inside the VPC when there are no public ones', async () => {
    msk = await startFakeMsk(() => ({
      status: 200,
      body: { bootstrapBrokerStringSaslIam: 'localhost:2' },
    }));
    expect(await refusal(msk.environment)).toContain('cannot reach Kafka at localhost:2');
  });

  test('tells when the cluster has no IAM authentication, and what it has', async () => {
    msk = await startFakeMsk(() => ({
      status: 200,
      body: { bootstrapBrokerStringTls: 'localhost:3', bootstrapBrokerStringSaslScram: 'localhost:4' },
    }));
    expect(await refusal(msk.environment)).toBe(
      `lanewise: cluster ${cluster} has no IAM authentication (it has: TLS, SASL/SCRAM); turn it on, or give its brokers with --bootstrap and how to sign in`,
    );
  });

  test('tells when there is no such cluster', async () => {
    msk = await startFakeMsk(() => ({
      status: 404,
      errorType: 'NotFoundException',
      body: { message: 'The ARN that you specified is unknown.', invalidParameter: 'clusterArn' },
    }));
    expect(await refusal(msk.environment)).toBe(
      `lanewise: there is no cluster ${cluster} in region eu-central-1: The ARN that you specified is unknown`,
    );
  });

  test('tells when these credentials may not ask', async () => {
    msk = await startFakeMsk(() => ({
      status: 403,
      errorType: 'ForbiddenException',
      body: { message: 'User is not authorized to perform: kafka:GetBootstrapBrokers' },
    }));
    expect(await refusal(msk.environment)).toContain(
      `these credentials may not ask for the brokers of ${cluster}: User is not authorized`,
    );
  });

  test('tells when there are no credentials', async () => {
    msk = await startFakeMsk(() => ({ status: 200, body: {} }));
    const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_PROFILE: '', HOME: '/nowhere' };
    const said = await refusal({ ...msk.environment, ...none, AWS_EC2_METADATA_DISABLED: 'true' });
    expect(said).toContain(`there are no AWS credentials that hold for cluster ${cluster}`);
    expect(msk.asked).toEqual([]);
  });

  test('writes no orders there without --commit', async () => {
    expect(await refusal({}, '--count', '3')).toBe(
      'lanewise: no orders are written: this run only reads the Kafka; add --commit to commit and write there',
    );
  });

  test.each([
    [
      ['--bootstrap', 'localhost:9092'],
      "option '--bootstrap <host:port>' cannot be used with option '--cluster <arn>'",
    ],
    [['--tls'], '--tls cannot be used with --cluster, which signs in with IAM over TLS'],
    [
      ['--cluster', 'shop'],
      'it must be the ARN of a cluster, arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID',
    ],
  ])('is refused with %j', async (args, message) => {
    expect(await refusal({}, ...args)).toContain(message);
  });
});

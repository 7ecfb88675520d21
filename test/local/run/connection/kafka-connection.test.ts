import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionOptions } from '../../../../local/options.ts';
import { kafkaConnection } from '../../../../local/run/connection/kafka-connection.ts';

const bootstrap = 'localhost:9092';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanewise-connection-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('no Kafka is reached when none was given', async () => {
  expect(await kafkaConnection({})).toBeUndefined();
});

test('a Kafka is reached in the clear when nothing else was said', async () => {
  expect(await kafkaConnection({ bootstrap })).toEqual({ bootstrap });
});

test('a file of certificates implies TLS', async () => {
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n');
  expect(await kafkaConnection({ bootstrap, ca })).toEqual({
    bootstrap,
    tls: { ca: expect.stringContaining('MIIB') },
  });
});

test('a user signs in with the password of the environment', async () => {
  const user: ConnectionOptions = {
    bootstrap,
    tls: true,
    saslMechanism: 'scram-sha-256',
    saslUsername: 'ada',
  };
  expect(await kafkaConnection(user, { LANEWISE_SASL_PASSWORD: 'lovelace' })).toEqual({
    bootstrap,
    tls: {},
    sasl: { mechanism: 'scram-sha-256', username: 'ada', password: 'lovelace' },
  });
});

describe('what does not fit together is refused:', () => {
  test.each<readonly [string, ConnectionOptions, string]>([
    [
      'a user without a mechanism',
      { bootstrap, saslUsername: 'ada' },
      '--sasl-mechanism and --sasl-username belong together',
    ],
    [
      'a user without a password',
      { bootstrap, saslMechanism: 'plain', saslUsername: 'ada' },
      'the password of ada is missing: set the variable LANEWISE_SASL_PASSWORD',
    ],
    ['security of nothing', { tls: true, ca: 'ca.pem' }, 'got --tls, --ca without --bootstrap host:port'],
    ['certificates that are not there', { bootstrap, ca: '/nowhere/ca.pem' }, '/nowhere/ca.pem'],
    ['certificates that are none', { bootstrap, ca: 'package.json' }, 'package.json holds no certificate'],
  ])('%s', async (_, options, message) => {
    await expect(kafkaConnection(options, {})).rejects.toThrow(message);
  });
});

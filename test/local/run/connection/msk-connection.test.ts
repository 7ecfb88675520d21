import { afterEach, expect, test, vi } from 'vitest';
import { mskConnection } from '../../../../local/run/connection/msk-connection.ts';
import { type FakeMsk, startFakeMsk } from '../../../support/fake-msk.ts';

let msk: FakeMsk | undefined;
afterEach(() => {
  msk?.stop();
  vi.unstubAllEnvs();
});

test('a cluster is reached over TLS, with a token that signs a connection to it', async () => {
  const brokers = 'b-1.shop.kafka.eu-central-1.amazonaws.com:9098';
  msk = await startFakeMsk(() => ({ status: 200, body: { bootstrapBrokerStringSaslIam: brokers } }));
  for (const [name, value] of Object.entries(msk.environment)) vi.stubEnv(name, value);

  const { bootstrap, tls, sasl } = await mskConnection(
    'arn:aws:kafka:eu-central-1:111122223333:cluster/shop/8a3b6f0e-1-2',
  );

  expect({ bootstrap, tls }).toEqual({ bootstrap: brokers, tls: {} });
  const token = sasl?.mechanism === 'oauthbearer' ? await sasl.token() : '';
  const signed = new URL(Buffer.from(token, 'base64url').toString());
  expect(signed.host).toBe('kafka.eu-central-1.amazonaws.com');
  expect(Object.fromEntries(signed.searchParams)).toMatchObject({
    Action: 'kafka-cluster:Connect',
    'X-Amz-Credential': expect.stringMatching(
      /^AKIDEXAMPLE\/\d{8}\/eu-central-1\/kafka-cluster\/aws4_request$/,
    ),
    'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { mskConnection } from '../../../../local/source/kafka/msk-connection.ts';

const arn = 'arn:aws:kafka:eu-central-1:000011112222:cluster/shop/0f1e2d3c-aaaa-bbbb-cccc-111122223333-4';

/** An Amazon MSK API that knows the brokers of one cluster. */
async function mskApi(status: number, answer: object) {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(decodeURIComponent(request.url ?? ''));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    paths,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

describe('a connection to an MSK cluster', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  });

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('takes the brokers that AWS names for IAM, over TLS', async () => {
    await using api = await mskApi(200, {
      bootstrapBrokerString: 'b-1:9092',
      bootstrapBrokerStringSaslIam: 'b-1.shop:9098,b-2.shop:9098',
    });
    const connection = await mskConnection(arn, api);
    expect(connection).toMatchObject({ bootstrap: 'b-1.shop:9098,b-2.shop:9098', tls: {} });
    expect(api.paths).toEqual([`/v1/clusters/${arn}/bootstrap-brokers`]);
  });

  test('prefers the brokers that can be reached from outside the VPC', async () => {
    await using api = await mskApi(200, {
      bootstrapBrokerStringSaslIam: 'b-1.shop:9098',
      bootstrapBrokerStringPublicSaslIam: 'b-1-public.shop:9198',
    });
    expect((await mskConnection(arn, api)).bootstrap).toBe('b-1-public.shop:9198');
  });

  test("signs a new token for the cluster's region each time it is asked", async () => {
    await using api = await mskApi(200, { bootstrapBrokerStringSaslIam: 'b-1.shop:9098' });
    const { sasl } = await mskConnection(arn, api);
    const token = sasl?.mechanism === 'oauthbearer' ? await sasl.token() : '';
    const signed = new URL(Buffer.from(token, 'base64url').toString());
    expect(signed.hostname).toBe('kafka.eu-central-1.amazonaws.com');
    expect(signed.searchParams.get('Action')).toBe('kafka-cluster:Connect');
    expect(signed.searchParams.get('X-Amz-Credential')).toMatch(
      /^AKIATEST\/\d{8}\/eu-central-1\/kafka-cluster\//,
    );
  });

  test('says that a cluster has no brokers for IAM', async () => {
    await using api = await mskApi(200, { bootstrapBrokerStringTls: 'b-1.shop:9094' });
    await expect(mskConnection(arn, api)).rejects.toThrow(/has no brokers for IAM: turn on IAM/);
  });

  test('says why AWS names no brokers', async () => {
    await using api = await mskApi(404, {
      message: 'The requested cluster does not exist',
      __type: 'NotFoundException',
    });
    await expect(mskConnection(arn, api)).rejects.toThrow(
      /cannot ask AWS for the brokers of arn:.*The requested cluster does not exist; .*kafka:GetBootstrapBrokers/,
    );
  });

  test.each([
    'shop',
    'arn:aws:kafka:eu-central-1:1:cluster/shop',
    'arn:aws:lambda:eu-central-1:000011112222:function:x',
  ])('refuses %s, which is no ARN of a cluster', async (text) => {
    await expect(mskConnection(text)).rejects.toThrow(`'${text}' is no ARN of an MSK cluster`);
  });
});

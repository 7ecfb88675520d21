import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKafkaSource, type KafkaConnection } from '../../../local/source/kafka-source.ts';
import { groupJournal } from '../../local/source/support/group-journal.ts';
import { produced, texts } from '../../local/source/support/produced.ts';
import { saslUser } from '../support/broker-properties.ts';
import { readRecords } from '../support/reading.ts';
import { type Kafka, startKafka } from '../support/start-kafka.ts';

let kafka: Kafka;

beforeAll(async () => {
  kafka = await startKafka({ sasl: true, tls: true });
});

afterAll(async () => {
  await kafka?.stop();
});

async function writeAndRead(connection: KafkaConnection, topic: string) {
  const source = createKafkaSource({ connection });
  await source.createTopic(topic, 1);
  await source.produce(topic, [produced('secret')]);
  const member = await source.join(topic, `readers-of-${topic}`, groupJournal().listener);
  const records = await readRecords(member, { partition: 0, offset: 0, count: 1 });
  await member.commit(new Map([[0, 1]]));
  await source.close();
  return texts(records);
}

async function refusal(connection: KafkaConnection) {
  const source = createKafkaSource({ connection });
  const error = await source.describeTopic('orders').catch((caught: unknown) => caught);
  await source.close();
  return String(error);
}

/** A token as Kafka's unsecured validator takes it, for tests only. */
function unsecuredToken(): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
  const now = Math.floor(Date.now() / 1_000);
  return `${part({ alg: 'none' })}.${part({ sub: 'ada', iat: now, exp: now + 60 })}.`;
}

describe('a Kafka that wants to know who reads', () => {
  test.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)(
    'is read with SASL %s',
    async (mechanism) => {
      const connection = { bootstrap: kafka.saslBootstrap, sasl: { mechanism, ...saslUser } };
      expect(await writeAndRead(connection, `sasl-${mechanism}`)).toEqual(['secret']);
      expect(await refusal({ ...connection, sasl: { ...connection.sasl, password: 'wrong' } })).toMatch(
        /LocalError: Kafka at 127\.0\.0\.1:\d+ refused the credentials: /,
      );
    },
  );

  test('is read with tokens, which are renewed before they end', async () => {
    let asked = 0;
    const token = async () => {
      asked += 1;
      return unsecuredToken();
    };
    const source = createKafkaSource({
      connection: { bootstrap: kafka.saslBootstrap, sasl: { mechanism: 'oauthbearer', token } },
    });
    await source.createTopic('tokens', 1);
    const member = await source.join('tokens', 'readers-of-tokens', groupJournal().listener);
    const before = asked;
    // The broker ends a session after three seconds.
    const waited = await member.fetch({
      partition: 0,
      offset: 0,
      maxRecords: 1,
      maxBytes: 1_000,
      maxWaitMs: 5_000,
    });
    expect(waited.records).toEqual([]);
    expect(asked).toBeGreaterThan(before);
    await source.produce('tokens', [produced('later')]);
    expect(texts(await readRecords(member, { partition: 0, offset: 0, count: 1 }))).toEqual(['later']);
    await source.close();
  });

  test('is read over TLS by who trusts its certificate', async () => {
    const bootstrap = kafka.tlsBootstrap;
    expect(await writeAndRead({ bootstrap, tls: { ca: kafka.ca } }, 'tls')).toEqual(['secret']);
    expect(await refusal({ bootstrap, tls: {} })).toMatch(
      /cannot reach Kafka at localhost:\d+: .*certificate/,
    );
  });

  test('says what is missing when it is asked in the clear', async () => {
    expect(await refusal({ bootstrap: kafka.tlsBootstrap })).toMatch(/LocalError: .*localhost:\d+.*TLS/);
    expect(await refusal({ bootstrap: kafka.saslBootstrap })).toMatch(/LocalError: .*127\.0\.0\.1:\d+/);
  });
});

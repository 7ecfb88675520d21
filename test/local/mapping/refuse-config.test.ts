import { describe, expect, it } from 'vitest';
import { refuseConfig } from '../../../local/mapping/refuse-config.ts';
import { aConfig, TO_TOPIC } from './support/builders.ts';

const ON_DEMAND = { provisioned: undefined, maximumRetryAttempts: -1, reportBatchItemFailures: false };

describe('a mapping in on-demand mode', () => {
  it.each([
    [{ maximumRetryAttempts: 3 }, 'maximumRetryAttempts'],
    [{ maximumRecordAge: 60_000 }, 'maximumRecordAgeInSeconds'],
    [{ bisectBatchOnFunctionError: true }, 'bisectBatchOnFunctionError'],
    [{ reportBatchItemFailures: true }, 'functionResponseTypes'],
    [{ destination: TO_TOPIC }, 'destinationConfig'],
  ] as const)('with %j is refused: that belongs to provisioned mode', (changes, parameter) => {
    const config = aConfig({ ...ON_DEMAND, ...changes });
    expect(() => refuseConfig(config)).toThrow(
      `Unsupported '${parameter}' parameter for given event source mapping type.`,
    );
  });

  it('with an SQS destination is fine', () => {
    const destination = { kind: 'sqs', queueUrl: 'http://q', arn: 'arn' } as const;
    expect(() => refuseConfig(aConfig({ ...ON_DEMAND, destination }))).not.toThrow();
  });
});

describe('a mapping', () => {
  it('whose destination is the topic that it reads is refused', () => {
    const config = aConfig({ destination: { kind: 'kafka', topic: 'shop-orders' } });
    expect(() => refuseConfig(config)).toThrow(/"kafka:\/\/shop-orders" is the topic that the mapping reads/);
  });
});

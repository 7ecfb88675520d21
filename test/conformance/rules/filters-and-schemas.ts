import { API, assumed, documented, observed, type Rule, UNKNOWN } from './rule.ts';

const FILTER = {
  where: ['local/mapping/filter/filter.ts', 'local/mapping/filter/filter-pattern.ts'],
} as const;
const SCHEMA = {
  where: ['local/mapping/read/schema-step.ts', 'local/mapping/batch/record-text.ts'],
} as const;
const SCHEMA_PAGE = 'services-consume-kafka-events';
const NO_REGISTRY = 'the mapping takes what a registry says as given; it does not talk to one';

export const FILTERS_AND_SCHEMAS: readonly Rule[] = [
  documented('R132', 'invocation-eventfiltering', 'filters are OR-ed, the fields of one AND-ed', FILTER),
  documented('R133', 'kafka-filtering', 'only value can be filtered by', {
    ...FILTER,
    tests: ['test/local/mapping/filter/filter.test.ts'],
  }),
  documented(
    'R134',
    'invocation-eventfiltering',
    'alternatives, null, prefix, suffix, equals-ignore-case, anything-but, numeric, exists and $or; numbers outside numeric by their written form',
    {
      where: ['local/mapping/filter/filter-operators.ts', 'local/mapping/filter/filter-numeric.ts'],
    },
  ),
  documented(
    'R135',
    'kafka-filtering',
    'a JSON pattern is not applied to a value that is no JSON, nor a plain one to JSON, nor any to what is no UTF-8',
    FILTER,
  ),
  documented('R136', 'kafka-filtering', 'filtered records are counted and committed', {
    where: ['local/mapping/read/receive-records.ts'],
  }),
  assumed('R137', UNKNOWN, 'a tombstone matches only what asks for null or for nothing', FILTER),
  documented('R138', SCHEMA_PAGE, 'the filter sees what the schema step made of the value', {
    where: ['local/mapping/read/receive-records.ts'],
  }),
  documented(
    'R139',
    API,
    'encrypted filter criteria are shown as null, and trouble with the key as FilterCriteriaError',
    {
      outOfScope: 'there is no API here that shows criteria, and no key to decrypt them with',
    },
  ),
  observed('R140', 'validation recorded against the API', 'a broken pattern is refused', {
    ...FILTER,
    tests: ['test/local/mapping/filter/filter.test.ts', 'test/local/mapping/refusals/refusals.test.ts'],
  }),
  documented('R141', SCHEMA_PAGE, 'a schema registry needs provisioned mode, one for each mapping', {
    where: ['cdk/constructs/rules/mapping-rules.ts'],
    tests: ['test/cdk/rules/mapping-rules.test.ts'],
  }),
  documented('R142', API, 'lengths and values of the registry configuration', {
    outOfScope: 'the CDK and CloudFormation check them; nothing here reads that configuration',
  }),
  documented(
    'R143',
    SCHEMA_PAGE,
    'the schema step reads the id, checks and converts, before filter and batch',
    {
      where: ['local/mapping/read/receive-records.ts'],
    },
  ),
  documented(
    'R144',
    SCHEMA_PAGE,
    'records that it refuses go to the destination or are dropped; the function never sees them',
    {
      where: ['local/mapping/read/receive-records.ts'],
      tests: ['test/local/mapping/read/schema-step.test.ts'],
    },
  ),
  documented('R145', SCHEMA_PAGE, 'a checked attribute brings its dataFormat and schemaId', SCHEMA),
  observed(
    'R146',
    'tests of Powertools for AWS Lambda',
    'an attribute that is not checked brings none',
    SCHEMA,
  ),
  documented('R147', API, 'JSON is the base64 of the JSON text, SOURCE that of the bytes without the id', {
    ...SCHEMA,
    tests: ['test/lib/codecs/framing'],
  }),
  observed('R148', 'code of Powertools for AWS Lambda', 'in SOURCE the message index of Protobuf stays', {
    where: ['lib/codecs/framing/mapping-framing.ts'],
    tests: ['test/lib/codecs/framing', 'test/lib/codecs/protobuf'],
  }),
  documented(
    'R149',
    'monitoring-metrics-types',
    'while the registry is down errors are counted; the partition waits (assumed)',
    {
      where: ['local/mapping/read/receive-records.ts'],
      tests: ['test/local/mapping/read/schema-step.test.ts', 'test/simulation/simulation.test.ts'],
    },
  ),
  assumed('R150', UNKNOWN, 'a null key or value passes unchecked', { outOfScope: NO_REGISTRY }),
];

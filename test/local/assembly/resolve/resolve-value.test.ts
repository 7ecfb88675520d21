import { describe, expect, test } from 'vitest';
import { loadAssembly } from '../../../../local/assembly/load-assembly.ts';
import {
  aFunctionResource,
  anAssembly,
  aTemplate,
  firstOf,
  type Json,
  load,
  writeJson,
} from '../an-assembly.ts';

/** What the function sees in a variable that the template gives as this value. */
function resolved(value: unknown, parts: { readonly Resources?: Json } & Json = {}): string | undefined {
  const probe = { Environment: { Variables: { PROBE: value } } };
  const Resources = { ...parts.Resources, BillingFunction: aFunctionResource(probe) };
  return firstOf(load(aTemplate({ ...parts, Resources })).functions).environment.PROBE;
}

/** A text of `Fn::Sub`, with its placeholders in angle brackets. */
const filled = (text: string) => text.replaceAll('<', '${').replaceAll('>', '}');
const sub = (text: string, variables?: Json) => ({
  'Fn::Sub': variables === undefined ? filled(text) : [filled(text), variables],
});

const conditions = {
  Parameters: { Stage: { Type: 'String', Default: 'dev' } },
  Conditions: {
    IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
    IsProd: { 'Fn::Not': [{ Condition: 'IsDev' }] },
    Both: { 'Fn::And': [{ Condition: 'IsDev' }, { Condition: 'IsProd' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsDev' }, { Condition: 'IsProd' }] },
  },
};
const ifElse = (name: string) => ({ 'Fn::If': [name, 'yes', 'no'] });

describe('intrinsic functions', () => {
  test.each<[string, unknown, string]>([
    ['Ref of the region', { Ref: 'AWS::Region' }, 'eu-central-1'],
    ['Ref of the account', { Ref: 'AWS::AccountId' }, '000000000000'],
    ['Ref of the partition', { Ref: 'AWS::Partition' }, 'aws'],
    ['Ref of the stack', { Ref: 'AWS::StackName' }, 'shop'],
    ['Ref of the URL suffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::StackName' }, 7]] }, 'a-shop-7'],
    ['Fn::Join over a split', { 'Fn::Join': ['+', { 'Fn::Split': [',', 'a,b'] }] }, 'a+b'],
    ['Fn::Select', { 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
    ['Fn::Split', { 'Fn::Select': [2, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'c'],
    ['Fn::GetAZs', { 'Fn::Select': [2, { 'Fn::GetAZs': '' }] }, 'eu-central-1c'],
    ['Fn::Base64', { 'Fn::Base64': 'order' }, 'b3JkZXI='],
    ['Fn::Sub', sub('<AWS::StackName>/<!Literal>'), filled('shop/<Literal>')],
    ['Fn::Sub with variables', sub('<A>-<B>', { A: 'x', B: { Ref: 'AWS::Region' } }), 'x-eu-central-1'],
    ['Fn::Length', { 'Fn::Length': { 'Fn::Split': [',', 'a,b,c'] } }, '3'],
    [
      'Fn::ToJsonString',
      {
        'Fn::ToJsonString': {
          region: { Ref: 'AWS::Region' },
          zones: [1, true],
          gone: { Ref: 'AWS::NoValue' },
        },
      },
      '{"region":"eu-central-1","zones":[1,true]}',
    ],
    [
      'Fn::Cidr',
      { 'Fn::Join': [' ', { 'Fn::Cidr': ['10.0.255.0/16', 3, '8'] }] },
      '10.0.0.0/24 10.0.1.0/24 10.0.2.0/24',
    ],
    [
      'Fn::Cidr of all bits',
      { 'Fn::Join': [' ', { 'Fn::Cidr': ['192.168.0.6/31', 2, 0] }] },
      '192.168.0.6/32 192.168.0.7/32',
    ],
    ['a number', 5, '5'],
    ['a boolean', true, 'true'],
  ])('%s is resolved', (_name, value, expected) => {
    expect(resolved(value)).toBe(expected);
  });

  test.each([
    ['IsDev', 'yes'],
    ['IsProd', 'no'],
    ['Both', 'no'],
    ['Either', 'yes'],
  ])('Fn::If chooses by condition %s', (name, expected) => {
    expect(resolved(ifElse(name), conditions)).toBe(expected);
  });

  test('Fn::FindInMap finds, and falls back to its default', () => {
    const Mappings = { Sizes: { dev: { partitions: 3 } } };
    expect(resolved({ 'Fn::FindInMap': ['Sizes', 'dev', 'partitions'] }, { Mappings })).toBe('3');
    const other = { 'Fn::FindInMap': ['Sizes', 'prod', 'partitions', { DefaultValue: '6' }] };
    expect(resolved(other, { Mappings })).toBe('6');
  });

  test('AWS::NoValue leaves a variable out', () => {
    expect(resolved({ Ref: 'AWS::NoValue' })).toBeUndefined();
  });

  test('a resource whose condition is false does not exist', () => {
    const Queue = { Type: 'AWS::SQS::Queue', Condition: 'IsProd' };
    expect(load(aTemplate({ ...conditions, Resources: { Queue } })).queues).toEqual([]);
    expect(() => resolved({ Ref: 'Queue' }, { ...conditions, Resources: { Queue } })).toThrow(
      'Queue does not exist: its condition IsProd is false, at shop BillingFunction Properties.Environment.Variables.PROBE',
    );
  });
});

describe('references between stacks', () => {
  const platform = (output: Json) => ({
    template: {
      Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'parked' } } },
      Outputs: { Url: output },
    },
  });
  const consumerOf = (value: unknown) => ({
    template: aTemplate({
      Resources: { BillingFunction: aFunctionResource({ Environment: { Variables: { PROBE: value } } }) },
    }),
  });
  const probeOf = (output: Json, value: unknown) =>
    firstOf(
      loadAssembly({ directory: anAssembly({ platform: platform(output), shop: consumerOf(value) }) })
        .functions,
    ).environment.PROBE;
  const url = 'https://sqs.eu-central-1.amazonaws.com/000000000000/parked';

  test('follow an export', () => {
    const output = { Value: { Ref: 'Queue' }, Export: { Name: sub('<AWS::StackName>:Url') } };
    expect(probeOf(output, { 'Fn::ImportValue': 'platform:Url' })).toBe(url);
  });

  test('follow the weak reference of CDK', () => {
    const weak = {
      'Fn::GetStackOutput': { StackName: 'platform', Region: { Ref: 'AWS::Region' }, OutputName: 'Url' },
    };
    expect(probeOf({ Value: { Ref: 'Queue' } }, weak)).toBe(url);
  });

  test('of one stack name in two regions follow the region that is named', () => {
    const inRegion = (region: string) => ({
      environment: `aws://000000000000/${region}`,
      stackName: 'platform',
      template: { Resources: {}, Outputs: { Where: { Value: { Ref: 'AWS::Region' } } } },
    });
    const weak = { StackName: 'platform', Region: 'us-east-1', OutputName: 'Where' };
    const directory = anAssembly({
      one: inRegion('eu-central-1'),
      other: inRegion('us-east-1'),
      shop: consumerOf({ 'Fn::GetStackOutput': weak }),
    });
    expect(firstOf(loadAssembly({ directory }).functions).environment.PROBE).toBe('us-east-1');
  });

  test('name what is not there', () => {
    expect(() => probeOf({ Value: 'x' }, { 'Fn::ImportValue': 'gone' })).toThrow(
      /no stack of this assembly exports gone, at shop BillingFunction/,
    );
    const weak = (StackName: string, OutputName: string) => ({
      'Fn::GetStackOutput': { StackName, OutputName },
    });
    expect(() => probeOf({ Value: 'x' }, weak('gone', 'Url'))).toThrow(/there is no stack gone/);
    expect(() => probeOf({ Value: 'x' }, weak('platform', 'Gone'))).toThrow(
      /stack platform has no output Gone/,
    );
  });

  test('lead into a nested stack and back to its parameters', () => {
    const Nested = {
      Type: 'AWS::CloudFormation::Stack',
      Properties: {
        TemplateURL: { 'Fn::Sub': 'https://bucket/nested.json' },
        Parameters: { Prefix: { Ref: 'AWS::StackName' } },
      },
    };
    const shop = {
      template: aTemplate({
        Resources: {
          Nested,
          BillingFunction: aFunctionResource({
            Environment: { Variables: { PROBE: { 'Fn::GetAtt': ['Nested', 'Outputs.Name'] } } },
          }),
        },
      }),
    };
    const directory = anAssembly({ shop });
    writeJson(directory, 'nested.template.json', {
      Parameters: { Prefix: { Type: 'String' } },
      Resources: {
        Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: sub('<Prefix>-stock') } },
      },
      Outputs: { Name: { Value: { Ref: 'Table' } } },
    });
    const system = loadAssembly({ directory });
    expect(firstOf(system.functions).environment.PROBE).toBe('shop-stock');
    expect(system.tables.map(({ tableName }) => tableName)).toEqual(['shop-stock']);
  });
});

describe('parameters', () => {
  test('have their default, lists as lists', () => {
    const Parameters = { Zones: { Type: 'CommaDelimitedList', Default: 'a, b' } };
    expect(resolved({ 'Fn::Select': [1, { Ref: 'Zones' }] }, { Parameters })).toBe('b');
  });

  test.each([
    [{ Type: 'String' }, /parameter P has no default/],
    [
      { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x' },
      /parameter P is read from .* Systems Manager/,
    ],
  ])('without a value are an error only where they are needed (%j)', (P, message) => {
    expect(resolved('x', { Parameters: { P } })).toBe('x');
    expect(() => resolved({ Ref: 'P' }, { Parameters: { P } })).toThrow(message);
  });
});

describe('what cannot be resolved is refused with its position', () => {
  const at = 'at shop BillingFunction Properties.Environment.Variables.PROBE';

  test.each<[string, unknown, RegExp]>([
    [
      'an unknown function',
      { 'Fn::Transform': { Name: 'AWS::Include' } },
      /lanewise does not resolve Fn::Transform \(only Ref, .+ BillingFunction Properties\.Environment\.Variables\.PROBE/,
    ],
    ['a missing name', { Ref: 'Gone' }, /there is no resource or parameter Gone/],
    ['a missing condition', { 'Fn::If': ['Gone', 1, 2] }, /there is no condition Gone/],
    ['a broken Fn::If', { 'Fn::If': ['Gone'] }, /Fn::If needs a condition name and two values/],
    ['a broken Fn::Join', { 'Fn::Join': '-' }, /Fn::Join needs a list of two/],
    ['a join of objects', { 'Fn::Join': ['-', [{ a: 1 }]] }, /expected a text, got an object/],
    ['a length of a text', { 'Fn::Length': 'abc' }, /expected a list, got string "abc"/],
    ['a text as JSON', { 'Fn::ToJsonString': 'abc' }, /Fn::ToJsonString needs an object or a list/],
    [
      'a block that is none',
      { 'Fn::Cidr': ['10.0.0/16', 1, 8] },
      /an IPv4 block such as 10\.0\.0\.0\/16, got '10\.0\.0\/16'/,
    ],
    ['a block with a part too large', { 'Fn::Cidr': ['10.0.0.256/16', 1, 8] }, /needs an IPv4 block/],
    [
      'more blocks than there is room for',
      { 'Fn::Cidr': ['10.0.0.0/24', 2, 8] },
      /cannot make 2 blocks of 8 bits/,
    ],
    ['no blocks at all', { 'Fn::Cidr': ['10.0.0.0/24', 0, 4] }, /cannot make 0 blocks/],
    ['a broken Fn::Sub', { 'Fn::Sub': 7 }, /Fn::Sub needs a text/],
    ['an index beyond the list', { 'Fn::Select': [2, ['a', 'b']] }, /item 2 of a list of 2/],
    ['an index that is no number', { 'Fn::Select': ['x', ['a']] }, /item x of a list of 1/],
    ['a missing map', { 'Fn::FindInMap': ['Gone', 'a', 'b'] }, /there is no a\.b in the map Gone/],
    ['a broken Fn::GetAtt', { 'Fn::GetAtt': 'Alone' }, /Fn::GetAtt needs a logical id and an attribute/],
    ['an unknown attribute', { 'Fn::GetAtt': ['BillingMapping', 'Colour'] }, /has no attribute Colour/],
    ['an object', { a: 1 }, /expected a text, got an object/],
    ['null', null, /expected a text, got null/],
  ])('%s', (_name, value, message) => {
    expect(() => resolved(value)).toThrow(message);
    expect(() => resolved(value)).toThrow(at);
  });

  test('an attribute of a type that lanewise does not know, but only where it is needed', () => {
    const Resources = { Odd: { Type: 'AWS::Odd::Thing' } };
    expect(resolved('x', { Resources })).toBe('x');
    expect(() => resolved({ Ref: 'Odd' }, { Resources })).toThrow(
      /does not know what Ref of Odd \(AWS::Odd::Thing\) is/,
    );
  });

  test('references in a circle', () => {
    const named = (other: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: other } } });
    const Resources = { One: named('Two'), Two: named('One') };
    expect(() => resolved({ Ref: 'One' }, { Resources })).toThrow(
      /references go in a circle: shop One .* → shop Two/,
    );
  });

  test('a condition that needs itself', () => {
    const Conditions = { Self: { 'Fn::Not': [{ Condition: 'Self' }] } };
    expect(() => resolved({ 'Fn::If': ['Self', 1, 2] }, { Conditions })).toThrow(/circle/);
  });

  test('values nested without end', () => {
    const deep = Array.from({ length: 1_000 }).reduce<unknown>(
      (inner) => ({ 'Fn::Join': ['', [inner]] }),
      'x',
    );
    expect(() => resolved(deep)).toThrow(/nested deeper than 200/);
  });

  test('a text that doubles with every reference', () => {
    const twice = (name: string) => sub(`<${name}><${name}>`);
    const parameters = Array.from({ length: 40 }, (_, level) => [
      `Level${level}`,
      {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: level === 0 ? 'text' : twice(`Level${level - 1}`) },
      },
    ]);
    expect(() => resolved({ Ref: 'Level39' }, { Resources: Object.fromEntries(parameters) })).toThrow(
      /longer than 1000000 characters/,
    );
  });
});

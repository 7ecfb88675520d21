/**
 * Refuses what AWS refuses, in AWS's own words where they are known (section 3.2).
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
import { API_CHECKS, checkConflict } from './api-checks.ts';
import { CDK_CHECKS } from './cdk-checks.ts';
import {
  destinationOf,
  groupIdOf,
  type MappingRequest,
  type Refusal,
  type RefusalCheck,
  type RequestContext,
} from './mapping-request.ts';
import { RANGE_CHECKS } from './range-checks.ts';

/** R8, documented: 14 minutes. */
export const MAXIMUM_FUNCTION_TIMEOUT = 840_000;

/** Everything that speaks against a mapping; empty when nothing does. */
export function refusalsOf(request: MappingRequest, context: RequestContext): readonly Refusal[] {
  return [
    ...run(CDK_CHECKS, 'cdk', 'InvalidParameterValue'),
    ...run([...API_CHECKS, ...RANGE_CHECKS], 'api', 'InvalidParameterValue'),
    ...run([checkConflict], 'api', 'ResourceConflict'),
    ...run(OWN_CHECKS, 'lanewise', 'InvalidParameterValue'),
  ];

  function run(checks: readonly RefusalCheck[], by: Refusal['by'], code: Refusal['code']): Refusal[] {
    return checks.flatMap((check) => {
      const message = check(request, context);
      return message ? [{ by, code, message }] : [];
    });
  }
}

/** What AWS documents without giving its words. */
const OWN_CHECKS: readonly RefusalCheck[] = [
  (_request, { functionTimeout }) =>
    functionTimeout !== undefined &&
    functionTimeout > MAXIMUM_FUNCTION_TIMEOUT &&
    `the function's timeout is ${functionTimeout / 1000} s, a Kafka mapping takes 840 s at most; lower the timeout`,
  // R116, documented.
  ({ Topics, ...request }) =>
    Topics?.some((topic) => destinationOf(request) === `kafka://${topic}`) === true &&
    `the on-failure destination "${destinationOf(request)}" is the topic that the mapping reads; use another topic`,
  // R114, documented.
  (request) =>
    destinationOf(request)?.endsWith('.fifo') === true &&
    `the on-failure destination "${destinationOf(request)}" is a FIFO queue or topic; use a standard one`,
  ({ StartingPositionTimestamp: timestamp }, { now }) =>
    timestamp !== undefined &&
    timestamp > now &&
    `the starting position ${timestamp} lies in the future; use a time that has passed`,
  // R55, documented.
  (request, { others }) => {
    const group = groupIdOf(request);
    const same = others.find((other) => group !== undefined && groupIdOf(other.request) === group);
    return (
      same !== undefined && `consumer group "${group}" is used by mapping ${same.uuid} too; give each its own`
    );
  },
  ({ SelfManagedKafkaEventSourceConfig: config }) =>
    config?.ConsumptionMode === 'Queue' && 'queue mode is not emulated; use ConsumptionMode Stream',
];

const CREATE_ONLY = [
  'EventSourceArn',
  'SelfManagedEventSource',
  'Topics',
  'StartingPosition',
  'StartingPositionTimestamp',
] as const;

/** Fields that no update can change (section 3.1, documented); the wording is ours. */
export function updateRefusals(before: MappingRequest, after: MappingRequest): readonly Refusal[] {
  const fields: string[] = CREATE_ONLY.filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  if (groupIdOf(before) !== groupIdOf(after)) fields.push('ConsumerGroupId');
  const modes = [before, after].map((request) => request.SelfManagedKafkaEventSourceConfig?.ConsumptionMode);
  if (modes[0] !== modes[1]) fields.push('ConsumptionMode');
  return fields.map((field) => ({
    by: 'api',
    code: 'InvalidParameterValue',
    message: `${field} cannot be changed after the event source mapping is created; delete it and create another`,
  }));
}

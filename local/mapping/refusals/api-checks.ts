/** What Lambda's API refuses at create, in its own words where they are known (section 3.2, observed). */
import { compilePattern } from '../filter/filter-pattern.ts';
import {
  bootstrapServersOf,
  destinationOf,
  isProvisioned,
  type MappingRequest,
  type RefusalCheck,
} from './mapping-request.ts';

const UNSUPPORTED_ON_KAFKA = [
  'ParallelizationFactor',
  'TumblingWindowInSeconds',
  'ScalingConfig',
  'Queues',
] as const;

const NEEDS_PROVISIONED_MODE = [
  'MaximumRetryAttempts',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'FunctionResponseTypes',
] as const;

export const API_CHECKS: readonly RefusalCheck[] = [
  (request) =>
    request.EventSourceArn === undefined &&
    bootstrapServersOf(request) === undefined &&
    'Unrecognized event source.',
  (request) =>
    bootstrapServersOf(request) !== undefined &&
    (request.SourceAccessConfigurations ?? []).length === 0 &&
    "Required 'sourceAccessConfigurations' parameter is missing.",
  (_request, { functionTimeout }) => functionTimeout === undefined && 'Function does not exist',
  ({ DestinationConfig: destinations }) =>
    destinations?.OnSuccess?.Destination !== undefined &&
    'Unsupported DestinationConfig parameter for given event source mapping type.',
  (request) => hasBrokenFilter(request) && 'Invalid filter pattern definition.',
  (request) => unsupported(UNSUPPORTED_ON_KAFKA.find((field) => request[field] !== undefined)),
  // R5a: what today's API answers is not published; the shape is that of an older refusal.
  (request) =>
    !isProvisioned(request) && unsupported(NEEDS_PROVISIONED_MODE.find((field) => isUsed(request, field))),
  (request) =>
    !isProvisioned(request) &&
    destinationOf(request)?.startsWith('kafka://') === true &&
    'Unsupported DestinationConfig parameter for given event source mapping type.',
];

/** The same source, function and topic once more (ResourceConflict, observed). */
export const checkConflict: RefusalCheck = (request, { others }) => {
  const same = others.find((other) => identity(other.request) === identity(request));
  if (same === undefined) return false;
  const source = request.EventSourceArn ?? (bootstrapServersOf(request) ?? []).join(',');
  return (
    `An event source mapping with event source ("${source}"), function ("${request.FunctionName}"), ` +
    `topics ("${(request.Topics ?? []).join(',')}") already exists. ` +
    `Please update or delete the existing mapping with UUID ${same.uuid}`
  );
};

function identity(request: MappingRequest): string {
  const source = request.EventSourceArn ?? bootstrapServersOf(request);
  return JSON.stringify([source, request.FunctionName, request.Topics]);
}

/** A value that switches a control off is no use of it. */
function isUsed(request: MappingRequest, field: (typeof NEEDS_PROVISIONED_MODE)[number]): boolean {
  const value = request[field];
  return (
    value !== undefined && value !== -1 && value !== false && !(Array.isArray(value) && value.length === 0)
  );
}

function unsupported(field: string | undefined): string | false {
  if (field === undefined) return false;
  const parameter = field.charAt(0).toLowerCase() + field.slice(1);
  return `Unsupported '${parameter}' parameter for given event source mapping type.`;
}

/** R140, observed. */
function hasBrokenFilter(request: MappingRequest): boolean {
  return (request.FilterCriteria?.Filters ?? []).some(({ Pattern }) => {
    try {
      compilePattern(Pattern ?? '');
      return false;
    } catch {
      return true;
    }
  });
}

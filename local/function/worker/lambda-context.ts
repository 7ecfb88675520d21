import type { EnvironmentSettings, InvokeMessage } from '../protocol.ts';

/**
 * The second argument of a handler. Node 24 on Lambda has no `done`, `fail`, `succeed` and `callbackWaitsForEmptyEventLoop`
 * any more; what belongs to other kinds of invocations is `undefined`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function lambdaContext(settings: EnvironmentSettings, invocation: InvokeMessage): object {
  const { requestId, traceId, deadline } = invocation;
  return {
    clientContext: undefined,
    identity: undefined,
    tenantId: undefined,
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memorySize),
    awsRequestId: requestId,
    xRayTraceId: traceId,
    logGroupName: settings.logGroupName,
    logStreamName: settings.logStreamName,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

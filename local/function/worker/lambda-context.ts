import type { EnvironmentSettings, InvokeMessage } from '../protocol.ts';

/** The second argument of a handler. @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export function lambdaContext(settings: EnvironmentSettings, invocation: InvokeMessage): object {
  const { requestId, deadline } = invocation;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memorySize),
    awsRequestId: requestId,
    logGroupName: settings.logGroupName,
    logStreamName: settings.logStreamName,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

/** Lambda's context for Node, with every field that `Context` of `@types/aws-lambda` requires. */
export interface TestContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly callbackWaitsForEmptyEventLoop: boolean;
  readonly getRemainingTimeInMillis: () => number;
  readonly done: () => void;
  readonly fail: () => void;
  readonly succeed: () => void;
}

export interface ContextDetails {
  readonly functionName?: string;
  readonly awsRequestId?: string;
  /** The function's timeout in milliseconds, counted from now on the clock. @default 30,000 */
  readonly timeout?: number;
  /** Epoch milliseconds. @default a clock that stands still */
  readonly now?: () => number;
}

export function aLambdaContext(details: ContextDetails = {}): TestContext {
  const { functionName = 'consumer', timeout = 30_000, now = () => 0 } = details;
  const deadline = now() + timeout;
  return {
    awsRequestId: details.awsRequestId ?? '00000000-0000-4000-8000-000000000000',
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-central-1:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: '2026/11/23/[$LATEST]00000000000000000000000000000000',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - now()),
    done: unused,
    fail: unused,
    succeed: unused,
  };
}

/** The callbacks of old runtimes, which `Context` still has. */
function unused(): void {}

import type { FunctionConfig } from '../assembly/local-system.ts';

/** Variables that a template may set itself. */
const unreserved = {
  AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
  LANG: 'en_US.UTF-8',
  PATH: '/usr/local/bin:/usr/bin:/bin',
  TZ: ':UTC',
};

/** Stands for the credentials of the execution role, so that nobody's real credentials reach a handler. */
const credentials = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
};

/**
 * The whole environment of a function: Lambda's own variables, the template's, and where services run locally.
 * Nothing of this process's environment is in it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function lambdaVariables(
  config: FunctionConfig,
  logStreamName: string,
  services: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    ...unreserved,
    ...config.environment,
    ...credentials,
    ...reservedVariables(config),
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    ...services,
  };
}

function reservedVariables(config: FunctionConfig): Record<string, string> {
  const region = config.arn.split(':')[3] ?? '';
  return {
    _HANDLER: config.handler,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${config.runtime ?? 'nodejs24.x'}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(config.memorySize),
    AWS_LAMBDA_FUNCTION_NAME: config.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupName(config),
    AWS_REGION: region,
    LAMBDA_TASK_ROOT: config.codeDirectory,
    ...(config.logFormat === 'JSON' && {
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_LEVEL: config.logLevel ?? 'INFO',
    }),
  };
}

export function logGroupName(config: FunctionConfig): string {
  return config.logGroupName ?? `/aws/lambda/${config.functionName}`;
}

/** `2026/11/23/[$LATEST]0f…`: Lambda's form, one for each environment. */
export function newLogStreamName(now: Date, id: string): string {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${id.replaceAll('-', '')}`;
}

/** The header of AWS X-Ray for one invocation, which is not sampled: there is nobody to send segments to. */
export function newTraceHeader(now: number, requestId: string): string {
  const seconds = Math.floor(now / 1000).toString(16);
  const digits = requestId.replaceAll('-', '');
  return `Root=1-${seconds}-${digits.slice(0, 24)};Parent=${digits.slice(16)};Sampled=0`;
}

import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

export interface ConsumerFunctionProps {
  /** Path of the handler's file, which exports `handler`. */
  readonly entry: string;
  /** @default Duration.seconds(60) */
  readonly timeout?: Duration;
  /**
   * MB.
   *
   * @default 256
   */
  readonly memorySize?: number;
  /** @default - none but what the construct sets */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default RetentionDays.ONE_MONTH */
  readonly logRetention?: RetentionDays;
}

/** Small ESM bundles: the SDK is in the runtime, the names in stack traces come from the source map. */
const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: true,
  sourceMap: true,
  externalModules: ['@aws-sdk/*'],
};

/** The function of a consumer, with a log group and a role of its own that starts without any right but to log. */
export function consumerFunction(scope: Construct, props: ConsumerFunctionProps): NodejsFunction {
  const logGroup = new LogGroup(scope, 'Logs', {
    retention: props.logRetention ?? RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  return new NodejsFunction(scope, 'Function', {
    entry: props.entry,
    handler: 'handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    timeout: props.timeout ?? Duration.seconds(60),
    memorySize: props.memorySize ?? 256,
    environment: { NODE_OPTIONS: '--enable-source-maps', ...props.environment },
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    bundling,
  });
}

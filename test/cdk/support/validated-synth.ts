/** Synthesizes with aws-cdk-lib's validator, as `npm run synth` does. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';

const { context } = JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8'));

export interface Violation {
  readonly rule: string;
  readonly description: string;
  readonly severity: string;
  /** Path of the construct, the stack's id first. */
  readonly path: string;
}

/** What every validator, cdk-nag included, has to say about an app. Errors and warnings, acknowledged ones excepted. */
export function violationsOf(
  build: (app: App) => void,
  extra: Readonly<Record<string, unknown>> = {},
): readonly Violation[] {
  const outdir = mkdtempSync(join(tmpdir(), 'lanewise-synth-'));
  const app = new App({
    analyticsReporting: false,
    outdir,
    context: { ...context, 'aws:cdk:bundling-stacks': [], ...extra },
  });
  build(app);
  withoutOutput(() => app.synth());
  return readReport(join(outdir, 'validation-report.json'));
}

/** The validator prints its report and fails the synth; the report file has it all. */
function withoutOutput(synth: () => void): void {
  const before = { disabled: process.env.CDK_VALIDATION, exitCode: process.exitCode };
  const { error, log } = console;
  const write = process.stderr.write;
  delete process.env.CDK_VALIDATION;
  console.error = console.log = () => undefined;
  process.stderr.write = () => true;
  try {
    synth();
  } catch (failure) {
    if (!(failure instanceof Error && failure.name === 'ValidationFailed')) throw failure;
  } finally {
    Object.assign(console, { error, log });
    process.stderr.write = write;
    process.exitCode = before.exitCode;
    if (before.disabled !== undefined) process.env.CDK_VALIDATION = before.disabled;
  }
}

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly description: string;
      readonly severity: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

function readReport(file: string): readonly Violation[] {
  const report: Report = JSON.parse(readFileSync(file, 'utf8'));
  return report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, description, severity, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => ({
        rule: ruleName,
        description,
        severity,
        path: constructPath,
      })),
    ),
  );
}

/** The CDK app: `npx cdk synth`, `npx cdk deploy --all`. */
import { App } from 'aws-cdk-lib';
import { RuleError } from './constructs/rules/enforce-rule.ts';
import { SettingsError } from './settings-from-context.ts';
import { addShop } from './shop-app.ts';

try {
  addShop(new App());
} catch (error) {
  if (!(error instanceof SettingsError || error instanceof RuleError)) throw error;
  // What is wrong is in the context or the props, not in the stack trace.
  console.error(error.message);
  process.exit(1);
}

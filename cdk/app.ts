import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConsumersStack } from './consumers-stack.ts';
import { PlatformStack } from './platform-stack.ts';
import { settings } from './settings.ts';

const app = new App();
const platform = new PlatformStack(app, 'lanewise-platform', {
  settings,
  terminationProtection: settings.protectData,
});
new ConsumersStack(app, 'lanewise-consumers', {
  settings,
  orderEvents: platform.orderEvents,
  orderEventsDeadLetter: platform.orderEventsDeadLetter,
  terminationProtection: settings.protectData,
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

import { type App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConsumersStack } from './consumers-stack.ts';
import { PlatformStack } from './platform-stack.ts';
import { settingsFromContext } from './settings-from-context.ts';

export interface ShopStacks {
  readonly platform: PlatformStack;
  readonly consumers: ConsumersStack;
}

/** The reference system, as the context of the app wants it. */
export function addShop(app: App): ShopStacks {
  const settings = settingsFromContext(app.node);
  const terminationProtection = settings.protectData;
  const platform = new PlatformStack(app, 'lanewise-platform', { settings, terminationProtection });
  const consumers = new ConsumersStack(app, 'lanewise-consumers', {
    settings,
    orderEvents: platform.orderEvents,
    orderEventsDeadLetter: platform.orderEventsDeadLetter,
    alarmAction: platform.alarmAction,
    terminationProtection,
  });
  // On a Serverless cluster tags are create-only: one more would replace it.
  Tags.of(app).add('project', 'lanewise', { excludeResourceTypes: ['AWS::MSK::ServerlessCluster'] });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { platform, consumers };
}

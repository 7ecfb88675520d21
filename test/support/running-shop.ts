import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { KafkaBatchResponse, KafkaHandler } from '../../lib/index.ts';
import { aLambdaContext, buildKafkaEvent, type TestRecord } from '../../lib/testing/index.ts';
import { awsClientConfig } from '../../local/services/aws-client-config.ts';
import { createResources } from '../../local/services/create-resources.ts';
import { startServices } from '../../local/services/start-services.ts';
import { readEffects } from '../../local/shop/effects.ts';
import { readOutbox } from '../../local/shop/outbox.ts';
import { readParked } from '../../local/shop/parked.ts';
import { seedStock } from '../../local/shop/seed-stock.ts';
import { shopResources } from '../../local/shop/shop-resources.ts';
import { aShopFunction, aShopSystem, shopEnvironment } from './shop-system.ts';

export type ConsumerName = 'billing' | 'inventory' | 'notification';

/** The shop's tables, queue and mail service, running, with the environment of one of its functions in `process.env`. */
export async function startShop(consumer: ConsumerName) {
  const system = aShopSystem({ functions: [aShopFunction(consumer)] });
  const services = await startServices(system, {});
  const { environment } = services;
  await createResources(system, environment);
  await seedStock('Stock', environment);
  Object.assign(process.env, environment, shopEnvironment(consumer));
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(awsClientConfig(environment, 'DYNAMODB')));
  return {
    environment,
    documents,
    ...tablesOf(documents),
    effects: () => readEffects(shopResources(system), environment),
    parked: () => readParked(shopResources(system).parkingQueueUrls, environment),
    mails: () => readOutbox(environment.AWS_ENDPOINT_URL_SESV2),
    stop: async () => {
      documents.destroy();
      await services.stop();
    },
  };
}

export type RunningShop = Awaited<ReturnType<typeof startShop>>;

function tablesOf(documents: DynamoDBDocumentClient) {
  const get = async (TableName: string, Key: Readonly<Record<string, string>>) =>
    (await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
  return {
    invoice: (orderId: string) => get('Invoices', { orderId, kind: 'invoice' }),
    creditNote: (orderId: string) => get('Invoices', { orderId, kind: 'credit-note' }),
    reservation: (orderId: string) => get('Reservations', { orderId }),
    available: async (sku: string): Promise<unknown> => (await get('Stock', { sku }))?.available,
    setStock: async (sku: string, available: number) => {
      await documents.send(new PutCommand({ TableName: 'Stock', Item: { sku, available } }));
    },
    put: async (TableName: string, Item: Readonly<Record<string, unknown>>) => {
      await documents.send(new PutCommand({ TableName, Item }));
    },
    rows: async (TableName: string) =>
      (await documents.send(new ScanCommand({ TableName, ConsistentRead: true }))).Items ?? [],
  };
}

/** The function as Lambda would load it: its environment must be there before. */
export async function loadHandler(consumer: ConsumerName): Promise<KafkaHandler> {
  const module: { readonly handler: KafkaHandler } = await import(`../../handlers/${consumer}/index.ts`);
  return module.handler;
}

/** Delivers a batch, as the mapping would for the first time. */
export function deliver(handler: KafkaHandler, records: readonly TestRecord[]): Promise<KafkaBatchResponse> {
  const context = aLambdaContext({ now: Date.now });
  // By way of JSON, as Lambda does it.
  return handler(JSON.parse(JSON.stringify(buildKafkaEvent(records))), context);
}

/** The positions that an answer reports: `order-events-0@3`. */
export function reported(response: KafkaBatchResponse): readonly string[] {
  return response.batchItemFailures.map(
    ({ itemIdentifier }) => `${itemIdentifier.partition}@${itemIdentifier.offset}`,
  );
}

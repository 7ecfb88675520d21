import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import type { KafkaBatchResponse, KafkaHandler } from '../../lib/index.ts';
import { aLambdaContext, buildKafkaEvent, type TestRecord } from '../../lib/testing/index.ts';
import { awsClientConfig, type ServiceEnvironment } from '../../local/services/aws-client-config.ts';
import { createResources } from '../../local/services/create-resources.ts';
import { startServices } from '../../local/services/start-services.ts';
import { readEffects } from '../../local/shop/effects.ts';
import { readOutbox } from '../../local/shop/outbox.ts';
import { readParked } from '../../local/shop/parked.ts';
import { seedStock } from '../../local/shop/seed-stock.ts';
import { shopResources } from '../../local/shop/shop-resources.ts';
import { aShopFunction, aShopSystem, shopEnvironment } from './shop-system.ts';

/** Of the shop that was started last: the tests may have put something else between it and the functions. */
let runningServices: ServiceEnvironment = {};

export type ConsumerName = 'billing' | 'inventory' | 'notification';

/** The shop's tables, queue and mail service, running, with the environment of one of its functions in `process.env`. */
export async function startShop(consumer: ConsumerName) {
  const system = aShopSystem({ functions: [aShopFunction(consumer)] });
  const services = await startServices(system, {});
  const { environment } = services;
  runningServices = environment;
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
    removeInvoices: async (orderId: string) => {
      for (const kind of ['invoice', 'credit-note']) {
        await documents.send(new DeleteCommand({ TableName: 'Invoices', Key: { orderId, kind } }));
      }
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

/**
 * Delivers a batch of a topic of its own: nothing in it is known as done, so that what keeps it from being done twice is the consumer's
 * own conditions. `deliverAgain` leaves the checkpoint as it is.
 */
export async function deliver(
  handler: KafkaHandler,
  records: readonly TestRecord[],
): Promise<KafkaBatchResponse> {
  await forgetCheckpoints();
  return deliverAgain(handler, records);
}

/** Delivers a batch to a group that knows what it has done. */
export function deliverAgain(
  handler: KafkaHandler,
  records: readonly TestRecord[],
): Promise<KafkaBatchResponse> {
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

async function forgetCheckpoints(): Promise<void> {
  const documents = DynamoDBDocumentClient.from(
    new DynamoDBClient(awsClientConfig(runningServices, 'DYNAMODB')),
  );
  const { Items = [] } = await documents.send(
    new ScanCommand({ TableName: 'Checkpoints', ConsistentRead: true }),
  );
  for (const { pk, sk } of Items)
    await documents.send(new DeleteCommand({ TableName: 'Checkpoints', Key: { pk, sk } }));
  documents.destroy();
}

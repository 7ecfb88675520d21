import type { LocalSystem } from '../assembly/local-system.ts';
import { type FaultPlan, throttleGate } from '../faults/fault-plan.ts';
import { startThrottlingProxy } from '../faults/throttling-proxy.ts';
import { endpointOf, type ServiceEnvironment } from '../services/aws-client-config.ts';
import { createResources } from '../services/create-resources.ts';
import { startServices } from '../services/start-services.ts';
import { seedStock } from '../shop/seed-stock.ts';
import { shopResources } from '../shop/shop-resources.ts';

export interface ShopServices {
  /** For our own clients. */
  readonly environment: ServiceEnvironment;
  /** For the functions: the same services, the DynamoDB among them behind the planned throttles. */
  readonly functionEnvironment: ServiceEnvironment;
  stop(): Promise<void>;
}

/** Starts the services that the template needs, creates what it declares, and fills the shop's stock. */
export async function startShopServices(system: LocalSystem, faults: FaultPlan): Promise<ShopServices> {
  const services = await startServices(system);
  try {
    const { environment } = services;
    await createResources(system, environment);
    const { stockTable } = shopResources(system);
    if (stockTable !== undefined) await seedStock(stockTable, environment);
    const dynamodb = endpointOf(environment, 'DYNAMODB');
    if (dynamodb === undefined || faults.throttles.length === 0) {
      return { environment, functionEnvironment: environment, stop: services.stop };
    }
    const proxy = await startThrottlingProxy(dynamodb, throttleGate(faults, Date.now));
    return {
      environment,
      functionEnvironment: { ...environment, AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint },
      stop: async () => {
        await proxy.stop();
        await services.stop();
      },
    };
  } catch (error) {
    await services.stop();
    throw error;
  }
}

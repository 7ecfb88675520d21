import type { LocalSystem } from '../assembly/local-system.ts';

/** The shop's tables and queues, as its functions are told of them. Absent what no function of the template has. */
export interface ShopResources {
  readonly invoicesTable: string | undefined;
  readonly stockTable: string | undefined;
  readonly reservationsTable: string | undefined;
  readonly parkingQueueUrls: readonly string[];
}

export function shopResources(system: Pick<LocalSystem, 'functions'>): ShopResources {
  const values = (name: string) => [
    ...new Set(system.functions.flatMap((item) => item.environment[name] ?? [])),
  ];
  return {
    invoicesTable: values('INVOICES_TABLE')[0],
    stockTable: values('STOCK_TABLE')[0],
    reservationsTable: values('RESERVATIONS_TABLE')[0],
    parkingQueueUrls: values('PARKING_QUEUE_URL'),
  };
}

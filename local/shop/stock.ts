/** What a local run has in stock: sku-1 … sku-50. A sku beyond them has none. */
export const skuCount = 50;

/** So few of it that some orders go on back-order. */
export const scarceSku = 'sku-13';

const plenty = 100_000;
const scarce = 5;

export interface StockLevel {
  readonly sku: string;
  readonly available: number;
}

export function initialStock(): readonly StockLevel[] {
  return Array.from({ length: skuCount }, (_, index) => {
    const sku = `sku-${index + 1}`;
    return { sku, available: sku === scarceSku ? scarce : plenty };
  });
}

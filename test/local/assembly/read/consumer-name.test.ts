import { describe, expect, test } from 'vitest';
import { aFunctionResource, aMappingResource, aTemplate, type Json, load } from '../an-assembly.ts';

describe('the name of a consumer', () => {
  const named = (Resources: Json) =>
    load(aTemplate({ Resources })).mappings.map(({ config }) => config.consumer);

  test.each([
    ['the construct that holds the mapping', 'shop/OrderBilling/Mapping/Resource', 'order-billing'],
    ['also around a plain resource', 'shop/Billing/Mapping', 'billing'],
    ['abbreviations as one word', 'shop/SMSNotifier/Mapping/Resource', 'sms-notifier'],
    ["the function's construct when the stack holds the mapping", 'shop/Mapping/Resource', 'biller'],
  ])('is %s', (_rule, path, expected) => {
    const BillingFunction = aFunctionResource({}, 'shop/Biller/Resource');
    expect(named({ BillingFunction, BillingMapping: aMappingResource({}, path) })).toEqual([expected]);
  });

  test('is the logical id of the function when the template tells no construct', () => {
    const { Metadata: _, ...BillingFunction } = aFunctionResource();
    const { Metadata: __, ...BillingMapping } = aMappingResource();
    expect(named({ BillingFunction, BillingMapping })).toEqual(['billing-function']);
  });

  test('takes the topic along when a function reads two', () => {
    const Other = aMappingResource({ Topics: ['returns'] }, 'shop/Billing/Returns/Resource');
    expect(named({ Other })).toEqual(['billing-order-events', 'billing-returns']);
  });
});

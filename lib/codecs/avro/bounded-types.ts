import avsc, { type ForSchemaOptions, type Schema, type Type } from 'avsc';
import {
  baseTypes,
  type Read,
  type ReadableType,
  type Resolver,
  type Tap,
  type UnionInternals,
} from './avsc-internals.ts';
import { BigIntLong, ExactInt, ExactLong } from './exact-numbers.ts';
import {
  AvroLimitError,
  afterItem,
  maxDepth,
  type ReadBudget,
  readBlockCount,
  skipBlocks,
} from './read-budget.ts';

export type LongPolicy = 'number' | 'bigint';

export interface BoundedTypeOptions {
  readonly longs: LongPolicy;
  readonly budget: ReadBudget;
  /** Whether the schema refers to any of its types by name; without, its records are no deeper than it is itself. */
  readonly mayRecur: boolean;
}

/**
 * avsc's own types, with bounds on what they read. They would believe every count: four bytes can ask for a billion nulls, a
 * block's length may point backwards, and a map's `__proto__` becomes a prototype.
 */
export function boundedTypes({
  longs,
  budget,
  mayRecur,
}: BoundedTypeOptions): (schema: Schema, options: ForSchemaOptions) => Type | undefined {
  const BoundedArray = arrayType(budget);
  const BoundedMap = mapType(budget);
  const BoundedRecord = recordType(budget);
  const unions = new Set<Schema>();
  return (schema, options) => {
    if (hasLogicalType(schema, options)) return undefined;
    if (Array.isArray(schema) && longs === 'bigint' && !unions.has(schema)) {
      // Not again for this one: avsc asks here for it once more.
      unions.add(schema);
      return takingBigInts(avsc.Type.forSchema(schema, options));
    }
    switch (typeNameOf(schema)) {
      case 'int':
        return new ExactInt();
      case 'long':
        return longs === 'bigint' ? new BigIntLong() : new ExactLong();
      case 'array':
        return new BoundedArray(schema, options);
      case 'map':
        return new BoundedMap(schema, options);
      case 'record':
        return mayRecur ? new BoundedRecord(schema, options) : undefined;
      default:
        return undefined;
    }
  };
}

/** avsc knows no bigint, which the default of a union may be. */
function takingBigInts(union: UnionInternals): Type {
  const branches = union._bucketIndices;
  if (branches?.number !== undefined) branches.bigint = branches.number;
  return union;
}

function typeNameOf(schema: Schema): unknown {
  if (typeof schema === 'string') return schema;
  return 'type' in schema ? schema.type : undefined;
}

/** What lies under a logical type of the user's own is made by avsc itself. */
function hasLogicalType(schema: Schema, options: ForSchemaOptions): boolean {
  if (typeof schema === 'string' || !('logicalType' in schema)) return false;
  return Object.hasOwn(options.logicalTypes ?? {}, String(schema.logicalType));
}

function arrayType(budget: ReadBudget) {
  return class BoundedArray extends baseTypes.ArrayType {
    override _read(tap: Tap): unknown[] {
      const items: unknown[] = [];
      const { itemsType } = this;
      for (let count = readBlockCount(tap); count > 0; count = readBlockCount(tap)) {
        for (; count > 0; count--) {
          const start = tap.pos;
          items.push(itemsType._read(tap));
          afterItem(tap, start, budget);
        }
      }
      return items;
    }

    override _skip(tap: Tap): void {
      skipBlocks(tap, budget, () => this.itemsType._skip(tap));
    }
  };
}

function mapType(budget: ReadBudget) {
  return class BoundedMap extends baseTypes.MapType {
    override _read(tap: Tap): Record<string, unknown> {
      const entries: Record<string, unknown> = {};
      const { valuesType } = this;
      for (let count = readBlockCount(tap); count > 0; count = readBlockCount(tap)) {
        for (; count > 0; count--) {
          const start = tap.pos;
          setOwn(entries, tap.readString(), valuesType._read(tap));
          afterItem(tap, start, budget);
        }
      }
      return entries;
    }

    override _skip(tap: Tap): void {
      skipBlocks(tap, budget, () => {
        tap.skipString();
        this.valuesType._skip(tap);
      });
    }
  };
}

function setOwn(entries: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(entries, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    entries[key] = value;
  }
}

/** Counts how deep records lie in each other: a schema that refers to itself has no end of its own. */
function recordType(budget: ReadBudget) {
  const nested = (read: Read): Read => {
    return (tap, lazy) => {
      if (++budget.depth > maxDepth) throw new AvroLimitError(`has records more than ${maxDepth} deep`);
      const result = read(tap, lazy);
      budget.depth--;
      return result;
    };
  };
  return class BoundedRecord extends baseTypes.RecordType {
    override _createReader(): Read {
      return nested(super._createReader());
    }

    override _createSkipper(): Read {
      return nested(super._createSkipper());
    }

    override _update(resolver: Resolver, writer: ReadableType, options: unknown): void {
      super._update(resolver, writer, options);
      if (resolver._read !== undefined) resolver._read = nested(resolver._read);
    }
  };
}

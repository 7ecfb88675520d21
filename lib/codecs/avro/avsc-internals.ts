import avsc, { type ForSchemaOptions, type Schema, type Type } from 'avsc';

/**
 * The part of avsc that its own types leave out: how a type reads from its cursor. avsc is pinned, and the tests of the
 * bounded types hold each of these to what it does.
 */
export interface Tap {
  readonly buf: Buffer;
  pos: number;
  readLong(): number;
  readInt(): number;
  readString(): string;
  skipString(): void;
  writeLong(value: number): void;
}

export type Read = (tap: Tap, lazy?: boolean) => unknown;

/** Reads the bytes of a writer's type as a value of the reader's. */
export interface Resolver {
  _read?: Read;
}

export interface ReadableType extends Type {
  _read(tap: Tap): unknown;
  _skip(tap: Tap): void;
  _write(tap: Tap, value: unknown): void;
  /** Of a default too, which its schema has as JSON. */
  _copy(value: unknown, options?: unknown): unknown;
  _update(resolver: Resolver, writer: ReadableType, options: unknown): void;
}

interface RecordInternals extends ReadableType {
  _createReader(): Read;
  _createSkipper(): Read;
}

/** A union of bare values. */
export interface UnionInternals extends Type {
  /** Its branches by the JavaScript type of their values. */
  readonly _bucketIndices?: Record<string, number>;
}

type Constructor<T> = new (schema: Schema, options: ForSchemaOptions) => T;

interface BaseTypes {
  readonly IntType: new () => ReadableType;
  readonly LongType: new () => ReadableType;
  readonly ArrayType: Constructor<ReadableType & { readonly itemsType: ReadableType }>;
  readonly MapType: Constructor<ReadableType & { readonly valuesType: ReadableType }>;
  readonly RecordType: Constructor<RecordInternals>;
}

/** avsc's types to build on. */
export const baseTypes = avsc.types as unknown as BaseTypes;

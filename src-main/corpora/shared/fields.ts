/** Readers of foreign JSON values: each names the field, what was expected and what stands there instead. */
import { ExactNumber } from '#main/core/exact-number'
import type { Json } from '#main/core/json'
import { RecordError } from './problem-log.ts'

export type JsonObject = { readonly [key: string]: Json }

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
}

/** A number, whatever its spelling; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (value instanceof ExactNumber) return value.value
  return typeof value === 'number' ? value : undefined
}

export function isNumber(value: unknown): value is number | ExactNumber {
  return numberOf(value) !== undefined
}

/** A whole number as JSON writes it: one that a double cannot hold keeps its digits. */
export function wholeNumber(digits: string): number | ExactNumber {
  const value = Number(digits)
  return Number.isSafeInteger(value) ? value : new ExactNumber(digits)
}

/** The items of an array; none of anything else. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [] // Array.isArray widens to any
}

export function readObject(value: Json | undefined, field: string): JsonObject {
  if (isJsonObject(value)) return value
  throw unexpected(field, 'an object', value)
}

export function readArray(value: Json | undefined, field: string): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[] // Array.isArray widens to any
  throw unexpected(field, 'an array', value)
}

export function readString(value: Json | undefined, field: string): string {
  if (typeof value === 'string') return value
  throw unexpected(field, 'a string', value)
}

export function readName(value: Json | undefined, field: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value
  throw unexpected(field, 'a name', value)
}

/** A name, or a whole number as one: ids are often numbers. */
export function readId(value: Json | undefined, field: string): string {
  const number = numberOf(value)
  if (Number.isSafeInteger(number)) return String(number)
  return isNumber(value) && /^-?\d+$/.test(String(value)) ? String(value) : readName(value, field)
}

export function readBoolean(value: Json | undefined, field: string): boolean {
  if (typeof value === 'boolean') return value
  throw unexpected(field, 'true or false', value)
}

export function readInteger(value: Json | undefined, field: string, min: number, max: number): number {
  const number = numberOf(value)
  if (number !== undefined && Number.isInteger(number) && number >= min && number <= max) return number
  throw unexpected(
    field,
    max < Number.MAX_SAFE_INTEGER ? `a whole number from ${min} to ${max}` : 'a whole number',
    value,
  )
}

export function readOneOf<Name extends string>(value: Json | undefined, field: string, names: readonly Name[]): Name {
  const name = names.find((candidate) => candidate === value)
  if (name !== undefined) return name
  throw unexpected(field, `one of ${names.join(', ')}`, value)
}

/** The keys of an object that are not in `known`, with their values; undefined when there are none. */
export function unknownKeys(value: JsonObject, known: readonly string[]): JsonObject | undefined {
  const rest = Object.entries(value).filter(([key]) => !known.includes(key))
  return rest.length === 0 ? undefined : Object.fromEntries(rest)
}

export function unexpected(field: string, expected: string, value: Json | undefined): RecordError {
  return new RecordError(`${field}: expected ${expected}, found ${describe(value)}`)
}

function describe(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (isJsonObject(value)) return 'an object'
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

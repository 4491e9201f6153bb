/** The first line of an Espalier corpus: version and label set. */
import type { Json } from '#main/core/json'
import type { LabelSet } from '#main/labels/label-set'
import { readArray, readBoolean, readInteger, readName, readObject, type JsonObject } from '../../shared/fields.ts'
import type { Splitting } from '#main/text/splitting'
import { readSplitting, writeSplitting } from './splitting.ts'
import { RecordError } from '../../shared/problem-log.ts'

export interface Header {
  readonly labels: LabelSet
  /** Rules by which the words and sentences of its docs were found; a doc that was split otherwise says so itself. */
  readonly splitting: Splitting | undefined
}

const version = 1
const symmetricType = { symmetric: true } as const

export function writeHeader({ entityTypes, relationTypes, signatures }: LabelSet, splitting?: Splitting): Json {
  return {
    espalier: 'corpus',
    version,
    labels: {
      entityTypes: entityTypes.map(({ name, hue, key, guideline }) => ({
        name,
        ...(hue !== undefined && { hue }),
        ...(key !== undefined && { key }),
        ...(guideline !== undefined && { guideline }),
      })),
      relationTypes: relationTypes.map(({ name, key, guideline, symmetric }) => ({
        name,
        ...(key !== undefined && { key }),
        ...(guideline !== undefined && { guideline }),
        ...(symmetric && { symmetric }),
      })),
      signatures: signatures.map(({ relation, subject, object }) => ({ relation, subject, object })),
    },
    ...(splitting && { splitting: writeSplitting(splitting) }),
  }
}

/** @throws RecordError when the line is not a header, or one of a later version. */
export function readHeader(value: Json): Header {
  const header = readObject(value, 'the first line')
  const found = readInteger(header['version'], 'version', 1, Number.MAX_SAFE_INTEGER)
  if (found > version)
    throw new RecordError(
      `version: this file was written as version ${found}, this program reads up to ${version}; update Espalier`,
    )
  const labels = readObject(header['labels'], 'labels')
  return {
    splitting: readSplitting(header['splitting']),
    labels: {
      entityTypes: readList(labels, 'entityTypes', (item, field) => ({
        name: readName(item['name'], `${field}.name`),
        ...(item['hue'] !== undefined && { hue: readInteger(item['hue'], `${field}.hue`, 0, 1000) }),
        ...readKey(item, field),
        ...readGuideline(item, field),
      })),
      relationTypes: readList(labels, 'relationTypes', (item, field) => ({
        name: readName(item['name'], `${field}.name`),
        ...readKey(item, field),
        ...readGuideline(item, field),
        ...(item['symmetric'] !== undefined && readBoolean(item['symmetric'], `${field}.symmetric`) && symmetricType),
      })),
      signatures: readList(labels, 'signatures', (item, field) => ({
        relation: readName(item['relation'], `${field}.relation`),
        subject: readName(item['subject'], `${field}.subject`),
        object: readName(item['object'], `${field}.object`),
      })),
    },
  }
}

function readList<Item>(labels: JsonObject, name: string, read: (item: JsonObject, field: string) => Item): Item[] {
  return readArray(labels[name] ?? [], `labels.${name}`).map((item, index) => {
    const field = `labels.${name}[${index}]`
    return read(readObject(item, field), field)
  })
}

function readKey(item: JsonObject, field: string): { key?: string } {
  return item['key'] === undefined ? {} : { key: readName(item['key'], `${field}.key`) }
}

function readGuideline(item: JsonObject, field: string): { guideline?: string } {
  return item['guideline'] === undefined ? {} : { guideline: readName(item['guideline'], `${field}.guideline`) }
}

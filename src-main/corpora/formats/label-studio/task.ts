/** A task of Label Studio: its text, what annotators and models say of it, and which of them is the main annotation. */
import type { Json } from '#main/core/json'
import type { LayerKind } from '#main/document/layer'
import {
  isJsonObject,
  isNumber,
  readArray,
  readId,
  readObject,
  unknownKeys,
  type JsonObject,
} from '../../shared/fields.ts'
import { RecordError } from '../../shared/problem-log.ts'
import { readResult, scoreOf, type Result } from './regions.ts'

/** One annotation or prediction. */
export interface Statement {
  readonly name: string
  readonly kind: Extract<LayerKind, 'annotator' | 'system'>
  readonly isTruth: boolean
  readonly result: Result
  /** Score of a prediction as a whole. */
  readonly score: number | null
  /** Its keys beside the result. */
  readonly extra: JsonObject
}

export interface Task {
  readonly id: string | null
  /** Texts of the task's data by their keys. */
  readonly texts: ReadonlyMap<string, string>
  readonly data: JsonObject
  /** Annotations first. */
  readonly statements: readonly Statement[]
  /** Annotations that were cancelled: they say nothing of the text. */
  readonly cancelled: readonly Json[]
  /** Predictions of which only the number stands in the file. */
  readonly otherPredictions: readonly Json[]
  readonly extra: JsonObject | undefined
}

/** @throws RecordError naming the field. */
export function readTask(value: Json): Task {
  const task = readObject(value, 'the task')
  const data = readObject(task['data'], 'data')
  const texts = new Map(
    Object.entries(data).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text] as const] : [])),
  )
  if (texts.size === 0) throw new RecordError('data: expected a text, found none')
  const key = 'completions' in task && !('annotations' in task) ? 'completions' : 'annotations'
  const annotations = readArray(task[key] ?? [], key)
  const cancelled = annotations.filter((one) => isJsonObject(one) && one['was_cancelled'] === true)
  const said = annotations.map((one, at) => ({ one, at })).filter(({ one }) => !cancelled.includes(one))
  const predictions = readArray(task['predictions'] ?? [], 'predictions')
  return {
    id: task['id'] === undefined ? null : readId(task['id'], 'id'),
    ...{ texts, data, cancelled },
    statements: withDistinctNames([
      ...said.map(({ one, at }) => readAnnotation(one, `${key}[${at}]`)),
      ...predictions.flatMap((one, at) => (isJsonObject(one) ? [readPrediction(one, `predictions[${at}]`)] : [])),
    ]),
    otherPredictions: predictions.filter((one) => !isJsonObject(one)),
    extra: unknownKeys(task, ['id', 'data', key, 'predictions']),
  }
}

function readAnnotation(value: Json, field: string): Statement {
  const annotation = readObject(value, field)
  const { completed_by: by } = annotation
  const person = isJsonObject(by) ? (by['email'] ?? by['username'] ?? by['id']) : by
  return {
    name: typeof person === 'string' || isNumber(person) ? String(person) : 'annotator',
    kind: 'annotator',
    isTruth: annotation['ground_truth'] === true,
    result: readResult(annotation['result'], `${field}.result`),
    score: null,
    extra: unknownKeys(annotation, ['result']) ?? {},
  }
}

function readPrediction(prediction: JsonObject, field: string): Statement {
  const version = prediction['model_version']
  return {
    name: typeof version === 'string' && version !== '' ? version : 'predictions',
    kind: 'system',
    isTruth: false,
    result: readResult(prediction['result'], `${field}.result`),
    score: scoreOf(prediction),
    extra: unknownKeys(prediction, ['result']) ?? {},
  }
}

function withDistinctNames(statements: readonly Statement[]): Statement[] {
  const used = new Set<string>()
  return statements.map((statement) => {
    let name = statement.name
    for (let number = 2; used.has(name); number++) name = `${statement.name} (${number})`
    used.add(name)
    return { ...statement, name }
  })
}

/** The ground truth where one is marked, else the first annotation; null where only models or nobody said anything. */
export function mainOf(statements: readonly Statement[]): Statement | null {
  const annotations = statements.filter(({ kind }) => kind === 'annotator')
  return annotations.find(({ isTruth }) => isTruth) ?? annotations[0] ?? null
}

/** Private keys: those of a task that only Label Studio's own form has, kept in the `sourceExtra` of its Doc. */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { isJsonObject, type JsonObject } from '../../shared/fields.ts'
import { extrasOf, ownExtra } from '../../shared/item-extras.ts'
import type { Statement, Task } from './task.ts'

/** The part for the main annotation has the name ''. */
export function privateOf(
  { data, cancelled, otherPredictions, statements }: Task,
  main: Statement | null,
  textKey: string,
): JsonObject {
  const { [textKey]: _text, ...furtherData } = data
  return {
    textKey,
    ...(Object.keys(furtherData).length > 0 && { data: furtherData }),
    ...(cancelled.length > 0 && { cancelled }),
    ...(otherPredictions.length > 0 && { otherPredictions }),
    statements: Object.fromEntries(
      statements.map((statement) => [statement === main ? '' : statement.name, statementExtra(statement)]),
    ),
  }
}

function statementExtra({ extra, result }: Statement): JsonObject {
  const shown = new Set(result.regions.map(({ id }) => id))
  const otherArrows = result.arrows.filter(({ from, to }) => !shown.has(from) || !shown.has(to))
  const others: readonly Json[] = [
    ...result.others,
    ...otherArrows.map(({ from, to, direction, labels, extra: further }) => ({
      ...{ type: 'relation', from_id: from, to_id: to, direction, labels },
      ...further,
    })),
  ]
  return {
    extra,
    ...extrasOf('regions', result.regions),
    ...extrasOf('arrows', result.arrows),
    ...(others.length > 0 && { others }),
  }
}

export interface Kept {
  readonly textKey: string
  readonly data: JsonObject
  readonly cancelled: readonly Json[]
  readonly otherPredictions: readonly Json[]
  /** The kept keys of an annotation or prediction; null when the task had none of this name. */
  statement(
    name: string,
  ): { readonly extra: JsonObject; readonly all: JsonObject; readonly others: readonly Json[] } | null
}

export function keptOf(doc: AnnotatedDoc): Kept {
  const own = ownExtra(doc, 'labelStudio')
  const { textKey, data, statements } = own
  return {
    textKey: typeof textKey === 'string' ? textKey : 'text',
    data: isJsonObject(data) ? data : {},
    cancelled: listOf(own['cancelled']),
    otherPredictions: listOf(own['otherPredictions']),
    statement(name) {
      const all = isJsonObject(statements) && Object.hasOwn(statements, name) ? statements[name] : undefined
      if (!isJsonObject(all)) return null
      return { extra: isJsonObject(all['extra']) ? all['extra'] : {}, all, others: listOf(all['others']) }
    },
  }
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [] // Array.isArray widens to any
}

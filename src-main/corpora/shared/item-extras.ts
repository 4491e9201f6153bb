/** Further keys of spans and relations, kept by their ids in a format's own part of `sourceExtra`. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { isJsonObject, type JsonObject } from './fields.ts'

interface Item {
  readonly id: string
  readonly extra: JsonObject | undefined
}

/** The further keys of some items under a name, as a part of an object; an empty one where there are none. */
export function extrasOf(name: string, items: readonly Item[]): JsonObject {
  const entries = items.flatMap(({ id, extra }) => (extra ? [[id, extra] as const] : []))
  return entries.length > 0 ? { [name]: Object.fromEntries(entries) } : {}
}

/** The keys that a format keeps under its own name in the `sourceExtra` of a Doc. */
export function ownExtra({ sourceExtra }: Pick<AnnotatedDoc, 'sourceExtra'>, format: string): JsonObject {
  const own = isJsonObject(sourceExtra) ? sourceExtra[format] : undefined
  return isJsonObject(own) ? own : {}
}

/** The further keys of the item with this id. */
export function extraOf(own: JsonObject, name: string, id: string): JsonObject {
  const all = own[name]
  const extra = isJsonObject(all) && Object.hasOwn(all, id) ? all[id] : undefined
  return isJsonObject(extra) ? extra : {}
}

/** The keys of a Doc's `sourceExtra` that are not kept by formats for themselves. */
export function furtherKeys({ sourceExtra }: Pick<AnnotatedDoc, 'sourceExtra'>, own: readonly string[]): JsonObject {
  if (!isJsonObject(sourceExtra)) return {}
  return Object.fromEntries(Object.entries(sourceExtra).filter(([key]) => !own.includes(key)))
}

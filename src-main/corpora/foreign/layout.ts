/** ForeignLayout: a layout of another tool that is known by its content and not read, so that it is refused by name. */
import type { FileHead } from '../shared/file-head.ts'

export interface ForeignLayout {
  /** Name of the layout with its article, as in "looks like …". */
  readonly title: string
  /** Evidence of the layout, as words that follow "it has"; null when there is none. */
  recognize(file: FileHead): string | null
  /** Advice as a sentence; left out where the usual advice fits. */
  readonly advice?: string
}

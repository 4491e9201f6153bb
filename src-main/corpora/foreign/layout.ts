/** ForeignLayout: a layout of another tool that is known by its content and not read, so that it is refused by name. */
import type { FileHead } from '../shared/file-head.ts'

export interface ForeignLayout {
  /** Name of the layout with its article, as in "looks like …". */
  readonly title: string
  /** What shows it, as words that follow "it has"; null when nothing does. */
  recognize(file: FileHead): string | null
  /** What to do instead, as a sentence; left out where the usual advice fits. */
  readonly advice?: string
}

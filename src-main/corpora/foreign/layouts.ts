/** The list of layouts that are known and not read. */
import { columnLayouts } from './column-layouts.ts'
import { jsonLayouts } from './json-layouts.ts'
import type { ForeignLayout } from './layout.ts'

/** Layouts in the order in which they are asked: the more peculiar ones first. */
export const foreignLayouts: readonly ForeignLayout[] = [...jsonLayouts, ...columnLayouts]

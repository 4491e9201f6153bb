/** The menu that copies and saves the shown table in each of its formats. */
import { computed, type ComputedRef } from 'vue'
import type { Written } from '#main/comparison/format-comparison'
import { copyText, saveText } from '#window/common/save-text.ts'
import { useToasts } from '#window/stores/toasts.ts'
import { tableFileName, tableFormats, tableText, type TableFormat } from './export-table.ts'

interface MenuItem {
  readonly label: string
  readonly onSelect: () => void
}

/** @param written the table as it is shown; null while there is none. */
export function useTableExport(written: () => Written | null): ComputedRef<MenuItem[]> {
  const { attempt } = useToasts()

  function copy(format: TableFormat): void {
    const shown = written()
    if (shown) void attempt(() => copyText(tableText(shown, format)), `The table was copied as ${format.title}.`)
  }
  function save(format: TableFormat): void {
    const shown = written()
    if (shown) saveText(tableFileName(shown.table, format), tableText(shown, format), format.mediaType)
  }
  return computed(() => [
    ...tableFormats.map((format) => ({ label: `Copy as ${format.title}`, onSelect: () => copy(format) })),
    ...tableFormats.map((format) => ({ label: `Save as ${format.title}`, onSelect: () => save(format) })),
  ])
}

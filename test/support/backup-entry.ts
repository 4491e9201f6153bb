/** A process that backs a workspace up, or restores one, and says when it begins, until it is killed or done. */
import { writeSync } from 'node:fs'
import { restoreBackup } from '#main/storage/backup/restore-backup'
import { openWorkspace } from '#main/storage/workspace'

const [act = '', folder = '', place = ''] = process.argv.slice(2)
if (act === 'backup') {
  const workspace = openWorkspace(folder)
  writeSync(1, 'begins\n')
  await workspace.backUp({ place, version: '1.0.0' })
  workspace.close()
} else {
  writeSync(1, 'begins\n')
  await restoreBackup({ from: place, into: folder, replace: true, nowMs: Date.UTC(2026, 10, 30) })
}
writeSync(1, 'done\n')

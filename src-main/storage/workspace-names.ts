/** Names that the program gives to what it keeps in the folder of a workspace. */

export const databaseName = 'espalier.sqlite'

/** Rows of what extractions found, made from the database and made again where they are missing. */
export const resultsName = 'espalier.results.sqlite'

/** Empty file whose lock keeps other processes out. */
export const lockName = 'espalier.lock'

/** Text that names the process which has the workspace open. */
export const holderName = 'espalier.open'

/** File that file managers open with the program. */
export const openerName = 'Open.espalier'

/** Folder of the copies of the database that the program makes by itself. */
export const backupsName = 'espalier.backups'

/** A kept copy, whole and checked, on its way to be the database. */
export const restoringName = 'espalier.restoring'

/** Names of files and folders that belong to the workspace. */
export const workspaceNames = [
  /^espalier\./,
  /^Open\.espalier$/,
  /^(checkpoints|encoders|states|browser|desktop|incoming)$/,
]

/** Names of files that belong to the machine, and lie there too under macOS and Windows. */
export const machineNames = [/^machine\.json/, /^workspaces\.json/]

/** Folder of what is being erased. */
export const erasedName = 'espalier.erased'

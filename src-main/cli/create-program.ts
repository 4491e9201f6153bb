/** The command line: one command per verb, over the same services as the window. */
import { logLevels } from '#main/core/log'
import { Option, Command } from 'commander'
import { readOwnPackage } from '#main/machine/own-package'
import { addAgreement } from './commands/agreement.ts'
import { addAssign } from './commands/assign.ts'
import { addMergePackage, addOpenPackage, addReturnPackage } from './commands/packages.ts'
import { addBackup } from './commands/backup.ts'
import { addBin } from './commands/bin.ts'
import { addCard } from './commands/card.ts'
import { addCheck } from './commands/check.ts'
import { addCompare } from './commands/compare.ts'
import { addCorpora } from './commands/corpora.ts'
import { addDeleteWorkspace } from './commands/delete-workspace.ts'
import { addDiff } from './commands/diff.ts'
import { addDoctor } from './commands/doctor.ts'
import { addEvaluate } from './commands/evaluate.ts'
import { addExperiment } from './commands/experiment.ts'
import { addExperiments } from './commands/experiments.ts'
import { addExport } from './commands/export.ts'
import { addExportAll } from './commands/export-all.ts'
import { addExtract } from './commands/extract.ts'
import { addImport } from './commands/import.ts'
import { addJobs } from './commands/jobs.ts'
import { addLeaks } from './commands/leaks.ts'
import { addModel } from './commands/model.ts'
import { addProblems } from './commands/problems.ts'
import { addReplicate } from './commands/replicate.ts'
import { addReport } from './commands/report.ts'
import { addRemove } from './commands/remove.ts'
import { addRestore } from './commands/restore.ts'
import { addRestoreWorkspace } from './commands/restore-workspace.ts'
import { addResults } from './commands/results.ts'
import { addResume } from './commands/resume.ts'
import { addRuns } from './commands/runs.ts'
import { addServe } from './commands/serve.ts'
import { addSplit } from './commands/split.ts'
import { addStats } from './commands/stats.ts'
import { addCalibrate } from './commands/calibrate.ts'
import { addSample } from './commands/sample.ts'
import { addTune } from './commands/tune.ts'
import { addSystems } from './commands/systems.ts'
import { addTrain } from './commands/train.ts'
import { exitStatuses } from './run-program.ts'

const commands = [
  addImport,
  addCorpora,
  addStats,
  addSplit,
  addLeaks,
  addProblems,
  addAssign,
  addOpenPackage,
  addReturnPackage,
  addMergePackage,
  addAgreement,
  addTrain,
  addExperiment,
  addExperiments,
  addResume,
  addRuns,
  addEvaluate,
  addTune,
  addCalibrate,
  addSample,
  addCompare,
  addDiff,
  addReport,
  addSystems,
  addCard,
  addReplicate,
  addModel,
  addExtract,
  addResults,
  addJobs,
  addExport,
  addRemove,
  addBin,
  addRestore,
  addBackup,
  addRestoreWorkspace,
  addCheck,
  addExportAll,
  addDeleteWorkspace,
  addServe,
  addDoctor,
]

const logOption = (): Option =>
  new Option(
    '--log <level>',
    'entries of this level and above go into espalier.log of the workspace (default: ESPALIER_LOG, or info)',
  ).choices(logLevels)

function setLogLevel(level: string | undefined): void {
  if (level !== undefined) process.env['ESPALIER_LOG'] = level
}

export function createProgram(): Command {
  const program = new Command('espalier')
    .description('Joint entity and relation extraction: import, train, compare, extract.')
    .version(readOwnPackage().version, '--version', 'print the version')
    .helpCommand('help [command]', 'explain a command')
    .showHelpAfterError('(add --help for what there is)')
    .addHelpText('after', exitStatuses)
  for (const add of commands)
    add(program)
      .option('--workspace <folder>', 'folder of the workspace (default: the program’s data folder)')
      .option('--json', 'print machine-readable JSON')
      .addOption(logOption())
      .hook('preAction', (_, acting) => setLogLevel(acting.optsWithGlobals<{ log?: string }>().log))
      .exitOverride()
  return program.exitOverride()
}

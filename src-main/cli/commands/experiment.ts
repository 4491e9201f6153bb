/** espalier experiment: makes the runs of a plan and works through them; started again it goes on and adds what is new. */
import path from 'node:path'
import type { Command } from 'commander'
import type { ExperimentEstimate } from '#main/api/experiments'
import { AppError } from '#main/core/errors'
import { readExperimentFile, type ExperimentFile } from '#main/experiments/experiment-file'
import { englishVectors, noVectors } from '#main/runs/vector-choice'
import { countOf } from '#main/text/numbers'
import { readText } from '../read-text.ts'
import { describeCandidates } from '../describe-candidates.ts'
import { findCorpus } from '../find.ts'
import { followJob, refuseUnfinishedJob } from '../follow-job.ts'
import { formatSeconds } from '../progress.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly estimate?: true
}

const fileHelp = `The file is YAML:

  name: alpha sweep              # the same name on the same corpus goes on with what is there
  corpus: WebNLG star
  variants: [mtl, pmei]
  seeds: [1, 2, 3]               # the usual ones
  preset: recommended
  vectors: [english, glove.txt]  # files, or as --vectors of train has them; ~ stands for none named
  settings:                      # one value, or a list to try; named as in a config or as options of train
    alpha: [0.1, 0.01, 0.001]
    epochs: 40
  search:                        # without it every combination is trained
    trials: 20
    seed: 1
    halving: { epochs: 3, factor: 3 }   # after 3 epochs the best third goes on to 9, and so on

In a search a setting may have a range: learning-rate: { from: 0.0001, to: 0.01, scale: log }.
Candidates are compared on dev. Test is scored for every run of a grid, and for the best candidate of a search alone.`

export function addExperiment(program: Command): Command {
  return program
    .command('experiment')
    .description('train the runs of a plan: a grid of settings, or a search')
    .argument('<file>', 'the plan, as YAML; see below')
    .option('--estimate', 'say how many runs these are and what they take, and start nothing')
    .addHelpText('after', `\n${fileHelp}`)
    .action((file: string, options: Options) =>
      withSession(options, async (session) => {
        const { client, print, progress } = session
        const { corpus, ...plan } = await readPlan(file)
        const { corpusId } = await findCorpus(client, corpus)
        const estimate = await client.experiments.estimate({ corpusId, plan })
        if (options.estimate) return print(estimate, describeEstimate(estimate).join('\n'))
        if (estimate.refusals.length === 0) for (const line of describeEstimate(estimate)) progress.line(line)
        const { experimentId, jobId } = await client.experiments.start({ corpusId, plan })
        if (jobId === null) throw new AppError('internal', 'The experiment has no job.')
        const job = await followJob(session, jobId, { canGoOn: true })
        const detail = await client.experiments.get({ experimentId })
        print(detail, describeCandidates(detail))
        refuseUnfinishedJob(job, session)
      }),
    )
}

/** Files that a plan names stand beside it unless their path says otherwise. */
async function readPlan(file: string): Promise<ExperimentFile> {
  const plan = readExperimentFile((await readText(file)).text, path.basename(file))
  const isFile = (name: string | null): name is string => name !== null && name !== englishVectors && name !== noVectors
  const beside = (name: string): string => path.resolve(path.dirname(file), name)
  return {
    ...plan,
    vectors: plan.vectors.map((name) => (isFile(name) ? beside(name) : name)),
    encoder: plan.encoder && { ...plan.encoder, folder: beside(plan.encoder.folder) },
  }
}

function describeEstimate({ trials, runs, made, seconds, memoryMb, refusals, notes }: ExperimentEstimate): string[] {
  const there = made === 0 ? '' : `, ${made} of them are there already`
  const time =
    seconds === null
      ? 'no former run says how long they take'
      : `at most ${formatSeconds(seconds)} at the rate of former runs`
  return [
    `${countOf(trials, 'combination')} of settings, ${countOf(runs, 'run')} in all${there}`,
    `${time}; up to about ${memoryMb} MB`,
    ...refusals,
    ...notes,
  ]
}

/** espalier experiments: lists the planned experiments, or the candidates of one. */
import type { Command } from 'commander'
import { AppError } from '#main/core/errors'
import { formatTable } from '#main/text/aligned-table'
import { formatMoment } from '#main/text/moment'
import { describeCandidates } from '../describe-candidates.ts'
import { withSession, type GlobalOptions } from '../session.ts'

export function addExperiments(program: Command): Command {
  return program
    .command('experiments')
    .description('list experiments, or show the candidates of one')
    .argument('[name]', 'name of an experiment')
    .action((name: string | undefined, options: GlobalOptions) =>
      withSession(options, async ({ client, print }) => {
        const all = await client.experiments.list()
        const corpora = new Map((await client.corpora.list()).map((corpus) => [corpus.corpusId, corpus.name]))
        if (name === undefined) {
          const rows = all.map(({ name, corpusId, runs, createdMs }) => {
            const total = Object.values(runs).reduce((sum, count) => sum + count, 0)
            return [name, corpora.get(corpusId) ?? null, formatMoment(createdMs), total, runs.finished, runs.failed]
          })
          const table = formatTable(['experiment', 'corpus', 'begun', 'runs', 'finished', 'failed'], rows)
          return print(all, rows.length === 0 ? 'No experiment yet. Begin one with: espalier experiment FILE' : table)
        }
        const found = all.filter((experiment) => experiment.name === name)
        if (found.length === 0) {
          const names = all.map((experiment) => experiment.name).join(', ') || 'none yet'
          throw new AppError('not-found', `There is no experiment "${name}". There are: ${names}.`)
        }
        const details = await Promise.all(found.map(({ experimentId }) => client.experiments.get({ experimentId })))
        const texts = details.map((detail) => `${corpora.get(detail.corpusId) ?? ''}\n\n${describeCandidates(detail)}`)
        print(details, texts.join('\n\n'))
      }),
    )
}

/** The contract: every procedure's name, input and output, a file per noun. Shells, window and command line all speak it. */
import { annotations } from './annotations.ts'
import { bin } from './bin.ts'
import { books } from './books.ts'
import { comparisons } from './comparisons.ts'
import { corpora } from './corpora.ts'
import { experiments } from './experiments.ts'
import { extraction } from './extraction.ts'
import { jobs } from './jobs.ts'
import { labels } from './labels.ts'
import { models } from './models.ts'
import { predictions } from './predictions.ts'
import { results } from './results.ts'
import { runs } from './runs.ts'
import { samples } from './samples.ts'
import { suggestions } from './suggestions.ts'
import { system } from './system.ts'
import { team } from './team.ts'
import { workspaces } from './workspaces.ts'

export const contract = {
  corpora,
  labels,
  annotations,
  suggestions,
  runs,
  experiments,
  models,
  comparisons,
  predictions,
  extraction,
  results,
  samples,
  team,
  jobs,
  bin,
  books,
  system,
  workspaces,
}

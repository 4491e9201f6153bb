/** Refuses, in a workspace that is open for reading alone, every procedure that is not known to read: what it changed would be lost. */
import type { Handlers } from '#main/api/handlers'
import { AppError } from '#main/core/errors'

type Call = (input: unknown, signal?: AbortSignal) => Promise<unknown>

/** Procedures that read, or write elsewhere. */
const reading: { readonly [Noun in keyof Handlers]?: readonly (keyof Handlers[Noun])[] } = {
  corpora: [
    ...(['list', 'formats', 'sentences', 'sentenceIds', 'savedFilters', 'previewSplit', 'problems', 'leaks'] as const),
    ...(['statistics', 'removal', 'previewExport', 'export', 'prepareDownload', 'readDownload'] as const),
  ],
  labels: ['get', 'usage', 'previewRelabel', 'cases', 'violations'],
  annotations: ['open', 'occurrences', 'history', 'queue', 'progress', 'reliance'],
  runs: ['list', 'get', 'estimate', 'removal', 'evaluation', 'calibration', 'checkCalibration'],
  experiments: ['list', 'get', 'estimate'],
  models: ['export', 'check'],
  comparisons: [
    ...([
      'table',
      'differences',
      'diff',
      'goldVersions',
      'scores',
      'breakdowns',
      'probabilities',
      'confusion',
    ] as const),
    ...(['published', 'saved'] as const),
  ],
  predictions: ['list', 'get'],
  extraction: ['text', 'rules', 'list', 'get', 'results', 'notes', 'failures'],
  results: ['facts', 'triples', 'pairs', 'entities', 'marks', 'neighbourhood', 'compare', 'export', 'prepareDownload'],
  samples: ['list', 'items', 'report'],
  team: ['layers', 'agreement', 'assignments', 'package'],
  jobs: ['list', 'get', 'cancel'],
  books: ['list', 'read', 'picture', 'search', 'licences', 'about'],
  bin: ['list'],
  system: ['doctor', 'report', 'measure', 'settings', 'updateSettings', 'tasks', 'cancelTask', 'events'],
  workspaces: [
    ...([
      'backups',
      'soundness',
      'restore',
      'check',
      'exportAll',
      'recent',
      'open',
      'erasure',
      'erase',
      'places',
    ] as const),
  ],
}

/** @param reason why nothing can be written, as `whyReadOnly` says it. */
export function refuseWrites(handlers: Handlers, reason: string): Handlers {
  const refuse: Call = () =>
    Promise.reject(
      new AppError('conflict', `The workspace is open for reading alone, since ${reason}. Nothing was changed.`),
    )
  const guarded = Object.entries(handlers as Record<string, Record<string, Call>>).map(([noun, calls]) => {
    const known: readonly string[] = reading[noun as keyof Handlers] ?? [] // nouns and verbs of the contract
    return [
      noun,
      Object.fromEntries(Object.entries(calls).map(([verb, call]) => [verb, known.includes(verb) ? call : refuse])),
    ]
  })
  return Object.fromEntries(guarded) as Handlers
}
